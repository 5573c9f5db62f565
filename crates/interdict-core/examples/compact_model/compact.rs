//! How does the FollowTheMoney `model.json` look in compact form? Shared by the example that writes it and the test that
//! compares it with the model in force.

use serde_json::Value;

/// The whole compact text of one model.
pub fn compact(model: &Value) -> String {
    let mut text = String::from(HEADER);
    for (name, kind) in sorted(&model["types"]) {
        row(&mut text, &["type", name, flag(kind, "matchable"), &number(&kind["maxLength"])]);
        for (code, label) in sorted(&kind["values"]) {
            row(&mut text, &["value", name, code, label.as_str().unwrap_or_default()]);
        }
    }
    for (name, schema) in sorted(&model["schemata"]) {
        schema_rows(&mut text, name, schema);
    }
    text
}

const HEADER: &str = "\
# The FollowTheMoney model in compact form, written by `cargo run -p interdict-core --example compact_model`.
# Model: FollowTheMoney, https://followthemoney.tech, MIT licence, (c) the FollowTheMoney contributors.
# type    name  matchable  max-length
# value   type  code  label
# schema  name  label  plural  flags  extends  caption  required  edge(source,target)
# prop    name  type  flags  range  reverse  max-length  label      (of the schema above it)
";

fn schema_rows(text: &mut String, name: &str, schema: &Value) {
    let flags = ["abstract", "matchable", "generated", "hidden", "deprecated"];
    let edge = match &schema["edge"] {
        Value::Object(edge) => format!("{},{}", string(&edge["source"]), string(&edge["target"])),
        _ => String::new(),
    };
    let fields = [
        "schema".to_owned(),
        name.to_owned(),
        string(&schema["label"]),
        string(&schema["plural"]),
        set_flags(schema, &flags),
        list(&schema["extends"]),
        list(&schema["caption"]),
        list(&schema["required"]),
        edge,
    ];
    row(text, &fields.each_ref().map(String::as_str));
    for (property, definition) in sorted(&schema["properties"]) {
        if string(&definition["qname"]) == format!("{name}:{property}") {
            let fields = [
                "prop".to_owned(),
                property.to_owned(),
                string(&definition["type"]),
                set_flags(definition, &["matchable", "stub", "hidden", "deprecated"]),
                string(&definition["range"]),
                string(&definition["reverse"]),
                number(&definition["maxLength"]),
                string(&definition["label"]),
            ];
            row(text, &fields.each_ref().map(String::as_str));
        }
    }
}

fn row(text: &mut String, fields: &[&str]) {
    text.push_str(&fields.join("\t"));
    text.push('\n');
}

/// The members of an object in name order, so that the output never depends on a parser's map.
fn sorted(value: &Value) -> Vec<(&str, &Value)> {
    let mut members: Vec<_> =
        value.as_object().into_iter().flatten().map(|(name, member)| (name.as_str(), member)).collect();
    members.sort_by_key(|(name, _)| *name);
    members
}

fn string(value: &Value) -> String {
    value.as_str().unwrap_or_default().trim().to_owned()
}

fn number(value: &Value) -> String {
    value.as_u64().map(|n| n.to_string()).unwrap_or_default()
}

fn flag<'a>(value: &Value, name: &'a str) -> &'a str {
    if value[name] == Value::Bool(true) { name } else { "" }
}

fn set_flags(value: &Value, names: &[&str]) -> String {
    names.iter().map(|name| flag(value, name)).filter(|name| !name.is_empty()).collect::<Vec<_>>().join(",")
}

fn list(value: &Value) -> String {
    value.as_array().into_iter().flatten().map(string).collect::<Vec<_>>().join(",")
}
