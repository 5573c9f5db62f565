//! What single clauses of the remarks become.

use interdict_core::entity::Entity;

use super::{kinds, read, read_one};
use interdict_core::issue::Severity;

const TARGET: &str = "2,\"TARGET GROUP\",-0- ,\"SDGT\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n";

fn row(kind: &str, clause: &str) -> String {
    let kind = if kind.is_empty() { "-0- ".to_owned() } else { format!("\"{kind}\"") };
    let clause = clause.replace('"', "\"\"");
    format!("1,\"X\",{kind},\"SDGT\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"{clause}.\"\r\n{TARGET}")
}

/// What a record has besides what every record has.
fn shown(entities: &[Entity]) -> Vec<String> {
    let mut shown = Vec::new();
    for entity in
        entities.iter().filter(|entity| entity.id.starts_with("list-1") || entity.id.starts_with("ofac-1"))
    {
        let part = if entity.is_party() { String::new() } else { format!("{}.", entity.schema.name) };
        for (property, values) in entity.properties() {
            let is_of_every_record =
                matches!(
                    (part.as_str(), property.name),
                    ("", "name" | "topics" | "programId")
                        | ("Sanction.", "entity" | "authority" | "authorityId" | "country" | "programId")
                        | ("UnknownLink.", "subject" | "role")
                        | (_, "holder")
                ) || (part == "Sanction." && property.name == "program" && values == ["SDGT"]);
            if !is_of_every_record {
                shown.extend(values.iter().map(|value| format!("{part}{}={value}", property.name)));
            }
        }
    }
    shown
}

fn check(kind: &str, clause: &str, expected: &[&str]) {
    let parsed = read_one(row(kind, clause)).unwrap();
    assert_eq!(shown(&parsed.value.entities), expected, "{clause}");
}

#[test]
fn persons() {
    let check = |clause: &str, expected: &[&str]| check("individual", clause, expected);
    check("DOB 04 Sep 1957", &["birthDate=1957-09-04"]);
    check("DOB Sep 1957; alt. DOB 1951 to 1953", &["birthDate=1957-09", "birthDate=1951/1953"]);
    check("DOB circa 1951", &["birthDate=1951~"]);
    check("DOB 04 Sep 1957 to 07 Sep 1958", &["birthDate=1957-09-04/1958-09-07"]);
    check(
        "POB Kinshasa, Congo, Democratic Republic of the",
        &["birthCountry=cd", "birthPlace=Kinshasa, Congo, Democratic Republic of the"],
    );
    check("alt. POB Los Angeles, CA", &["birthPlace=Los Angeles, CA"]);
    check(
        "nationality Korea, North; citizen Iran; Gender Female",
        &["citizenship=ir", "gender=female", "nationality=kp"],
    );
    check(
        "a.k.a. 'ZAHAR, Mahmoud'; f.k.a. 'OLD NAME'; a.k.a. ''FOOPIE''; a.k.a. ''ABD-AL-'IZ'",
        &["previousName=OLD NAME", "weakAlias=ZAHAR, Mahmoud", "weakAlias=FOOPIE", "weakAlias='ABD-AL-'IZ"],
    );
    check(
        "Member of the Upper House of Parliament; ICTY indictee; Haji",
        &["notes=ICTY indictee", "position=Member of the Upper House of Parliament", "title=Haji"],
    );
    check(
        "Position: Owner; Alternate Title, Police Chief; wife of the Minister of Oil",
        &["notes=wife of the Minister of Oil", "position=Owner", "position=Police Chief"],
    );
    check("(Following data: DOB 1951; POB x)", &["notes=(Following data: DOB 1951; POB x)"]);
}

#[test]
fn documents_and_numbers() {
    check(
        "individual",
        "Passport 109420132 (Korea, North) issued 16 Oct 2019 expires 16 Oct 2024",
        &[
            "passportNumber=109420132",
            "Passport.country=kp",
            "Passport.endDate=2024-10-16",
            "Passport.number=109420132",
            "Passport.passportNumber=109420132",
            "Passport.startDate=2019-10-16",
            "Passport.type=Passport",
        ],
    );
    check(
        "individual",
        "alt. Passport L 191609",
        &[
            "passportNumber=L 191609",
            "Passport.number=L 191609",
            "Passport.passportNumber=L 191609",
            "Passport.type=Passport",
        ],
    );
    check(
        "individual",
        "Passport issued in Sarajevo, Bosnia-Herzegovina",
        &["notes=Passport issued in Sarajevo, Bosnia-Herzegovina"],
    );
    check(
        "individual",
        "C.U.R.P. GACL700310HSLRRB04 (Mexico)",
        &[
            "idNumber=GACL700310HSLRRB04",
            "Identification.country=mx",
            "Identification.number=GACL700310HSLRRB04",
            "Identification.type=C.U.R.P.",
        ],
    );
}

#[test]
fn numbers_of_russian_registers() {
    check(
        "",
        "Tax ID No. 7707083893 (Russia)",
        &[
            "innCode=7707083893",
            "Identification.country=ru",
            "Identification.number=7707083893",
            "Identification.type=Tax ID",
        ],
    );
    check(
        "",
        "Registration Number 1027700132195 (Russia)",
        &[
            "ogrnCode=1027700132195",
            "Identification.country=ru",
            "Identification.number=1027700132195",
            "Identification.type=Registration Number",
        ],
    );
    check(
        "",
        "Government Gazette Number 00032537 (Russia)",
        &[
            "okpoCode=00032537",
            "Identification.country=ru",
            "Identification.number=00032537",
            "Identification.type=Government Gazette",
        ],
    );
}

#[test]
fn numbers_of_organizations() {
    check(
        "",
        "NIT # 800018928-0 (Colombia)",
        &[
            "taxNumber=800018928-0",
            "Identification.country=co",
            "Identification.number=800018928-0",
            "Identification.type=NIT",
        ],
    );
    check(
        "",
        "Registration Number HRA 738077 (Stuttgart) (Germany)",
        &[
            "registrationNumber=HRA 738077",
            "Identification.country=de",
            "Identification.description=Stuttgart",
            "Identification.number=HRA 738077",
            "Identification.type=Registration Number",
        ],
    );
    check(
        "",
        "Unified Social Credit Code (USCC) 91222401MA0Y31E659 (China)",
        &[
            "registrationNumber=91222401MA0Y31E659",
            "Identification.country=cn",
            "Identification.number=91222401MA0Y31E659",
            "Identification.type=Unified Social Credit Code (USCC)",
        ],
    );
    check(
        "",
        "Trade License No. C 50905 (Malta)",
        &[
            "licenseNumber=C 50905",
            "Identification.country=mt",
            "Identification.number=C 50905",
            "Identification.type=Trade License",
        ],
    );
    check(
        "",
        "SWIFT/BIC KDBKKPPY; D-U-N-S Number 542957624; Identification Number IMO 5342883",
        &["dunsCode=542957624", "imoNumber=IMO 5342883", "swiftBic=KDBKKPPY"],
    );
    check(
        "",
        "Fishing Licence Number 77 (Peru)",
        &[
            "idNumber=77",
            "Identification.country=pe",
            "Identification.number=77",
            "Identification.type=Fishing Licence Number",
        ],
    );
    check(
        "",
        "Matricula Mercantil No 57192402 (Medellin)",
        &[
            "registrationNumber=57192402",
            "Identification.description=Medellin",
            "Identification.number=57192402",
            "Identification.type=Matricula Mercantil",
        ],
    );
}

#[test]
fn contacts_wallets_and_links() {
    check(
        "",
        "Email Address info@example.org; alt. Website www.example.org. Offices Worldwide; Fax: 009728",
        &["email=info@example.org", "notes=Offices Worldwide", "phone=009728", "website=www.example.org"],
    );
    check(
        "",
        "Telephone No. (98)(21)(66153220); www.example.com; a@example.com (email)",
        &["email=a@example.com", "phone=(98)(21)(66153220)", "website=www.example.com"],
    );
    check(
        "",
        "alt. Digital Currency Address - ZZZ zz1q",
        &["CryptoWallet.currencySymbol=ZZZ", "CryptoWallet.publicKey=zz1q"],
    );
    check("", "Digital Currency Address - XBT", &["notes=Digital Currency Address - XBT"]);
    check("", "Linked To: Target 'Group'", &["UnknownLink.object=ofac-2"]);
    check("", "Linked To: NOBODY", &["notes=Linked To: NOBODY"]);
}

#[test]
fn sanctions_and_organizations() {
    check(
        "",
        "Secondary sanctions risk: section 1(b) of Executive Order 13224; All offices worldwide",
        &[
            "Sanction.provisions=Secondary sanctions risk: section 1(b) of Executive Order 13224",
            "Sanction.provisions=All offices worldwide",
        ],
    );
    check(
        "",
        "Listing Date (EO 14024 Directive 2): 24 Feb 2022; Effective Date (EO 14024 Directive 2): 26 Mar 2022; \
         Listing Date (CMIC) 03 Jun 2021",
        &[
            "Sanction.listingDate=2022-02-24",
            "Sanction.program=EO 14024 Directive 2",
            "Sanction.startDate=2022-03-26",
            "Sanction.listingDate=2021-06-03",
            "Sanction.program=CMIC",
        ],
    );
    check(
        "",
        "For more information on directives, please visit the following link: https://example.org/a#b",
        &["Sanction.programUrl=https://example.org/a#b"],
    );
    check(
        "",
        "Organization Established Date 19 Nov 1991; Organization Type: Higher education; Target Type Public Company",
        &["classification=Public Company", "incorporationDate=1991-11-19", "sector=Higher education"],
    );
}

#[test]
fn ships_and_aircraft() {
    check(
        "vessel",
        "Vessel Registration Identification IMO 7406784; MMSI 572469210; Former Vessel Flag Malta",
        &["imoNumber=IMO 7406784", "mmsi=572469210", "pastFlags=mt"],
    );
    check(
        "vessel",
        "Vessel Year of Build 1999; Other Vessel Call Sign 5IM713; alt. Former Vessel Flag None Identified",
        &["buildDate=1999", "callSign=5IM713", "notes=alt. Former Vessel Flag None Identified"],
    );
    check(
        "aircraft",
        "Aircraft Model IL76-TD; Aircraft Operator TARGET GROUP; Aircraft Manufacture Date 28 Aug 2002",
        &["buildDate=2002-08-28", "model=IL76-TD", "operator=ofac-2"],
    );
    check(
        "aircraft",
        "Aircraft Construction Number (also called L/N or S/N or F/N) 8401; Aircraft Tail Number EP-MMH",
        &["registrationNumber=EP-MMH", "serialNumber=8401"],
    );
    check(
        "aircraft",
        "Aircraft Operator NOBODY; Aircraft Mode S Transponder Code 140AE7; DOB 1951",
        &[
            "notes=Aircraft Mode S Transponder Code 140AE7",
            "notes=DOB 1951",
            "notes=Aircraft Operator NOBODY",
        ],
    );
}

#[test]
fn what_cannot_be_read_is_kept_and_said() {
    let cases = [
        ("DOB 31 Feb 1960", "bad_date", Severity::ValueLost),
        ("nationality Atlantis", "unknown_country", Severity::ValueLost),
        ("Linked To: NOBODY", "unresolved_link", Severity::Note),
        ("Linked To: X", "unresolved_link", Severity::Note),
    ];
    for (clause, kind, severity) in cases {
        let parsed = read_one(row("individual", clause)).unwrap();
        assert!(kinds(&parsed, severity).contains(&kind), "{clause}");
        assert_eq!(shown(&parsed.value.entities), [format!("notes={clause}")]);
    }
    let parsed = read_one(row("vessel", "Vessel Registration Identification IMO 7406785")).unwrap();
    assert!(kinds(&parsed, Severity::Note).contains(&"check_digit"));
    assert_eq!(shown(&parsed.value.entities), ["imoNumber=IMO 7406785"]);
}

#[test]
fn a_name_of_two_parties_links_to_neither() {
    let twice = row("", "Linked To: TARGET GROUP") + &TARGET.replacen('2', "3", 1);
    let parsed = read_one(twice).unwrap();
    assert_eq!(shown(&parsed.value.entities), ["notes=Linked To: TARGET GROUP"]);
    let by_alias = [
        ("SDN.CSV", row("", "Linked To: OTHER NAME").into_bytes()),
        ("ALT.CSV", b"2,5,\"aka\",\"OTHER NAME\",-0- \r\n".to_vec()),
    ];
    let parsed = read(&by_alias).unwrap();
    assert_eq!(shown(&parsed.value.entities), ["UnknownLink.object=ofac-2"]);
}
