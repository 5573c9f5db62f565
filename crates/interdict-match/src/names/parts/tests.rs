//! How names fall into parts.

use super::super::fold::fold;
use super::*;
use proptest::prelude::*;

fn shown(name: &str, bearer: Bearer) -> String {
    let parts = split(&fold(name), bearer);
    let shown: Vec<String> = parts.iter().map(|part| format!("{}:{}", part.text, part.kind.name())).collect();
    shown.join(" ")
}

/// Checks many names at once and tells of all that are wrong.
fn check(bearer: Bearer, cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .map(|(name, expected)| (name, shown(name, bearer), expected))
        .filter(|(_, found, expected)| found != **expected)
        .map(|(name, found, expected)| format!("{name}\n   is  {found}\n   not {expected}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn people() {
    check(
        Bearer::Person,
        &[
            ("KIM, Sang-man", "kim:family sang:given man:given"),
            ("PAK, Ch'in-hyo'k", "pak:family chin:given hyok:given"),
            ("Kim Jong Il", "kim:family jong:given il:given"),
            ("Sang Man Kim", "sang:given man:given kim:family"),
            ("Xi Jinping", "xi:family jinping:given"),
            ("Nguyen Van An", "nguyen:family van:given an:given"),
            ("Kim Basinger", "kim:word basinger:word"),
            ("Kim Lee", "kim:word lee:word"),
            ("John Major", "john:word major:word"),
            ("J.H. Park", "j:initial h:initial park:family"),
            ("Ivanov S.A.", "ivanov:family sa:given"),
            ("S.A. Ivanov", "s:initial a:initial ivanov:family"),
            ("Gen. Qasem Soleimani", "general:honorific qasem:word soleimani:word"),
            ("Maj. Gen. Dr. Qasem Soleimani", "general:honorific dr:honorific qasem:word soleimani:word"),
            ("His Excellency Shaykh Ahmed", "excellency:honorific sheikh:honorific ahmed:word"),
            ("Mohammad Al-Sheikh", "mohammad:word al:particle sheikh:word"),
            ("Kim Sang Man Jr.", "kim:family sang:given man:given jr:honorific"),
            ("John Smith III", "john:word smith:word 3:honorific"),
            ("SMITH, John, Jr.", "smith:family john:given jr:honorific"),
            ("John Smith, Jr.", "john:word smith:word jr:honorific"),
            ("Usama bin Ladin", "usama:word bin:patronymic ladin:word"),
            ("BIN LADEN, Usama", "bin:patronymic laden:family usama:given"),
            ("Ben Affleck", "ben:word affleck:word"),
            ("Ravi s/o Kumar", "ravi:word bin:patronymic kumar:word"),
            ("Siti d/o Rahman", "siti:word bint:patronymic rahman:word"),
            ("Ali son of Hasan", "ali:word bin:patronymic hasan:word"),
            ("Heydar Aliyev Oglu", "heydar:given aliyev:family oglu:patronymic"),
            ("Vladimir Vladimirovich Putin", "vladimir:given vladimirovich:given putin:family"),
            ("Putin Vladimir Vladimirovich", "putin:family vladimir:given vladimirovich:given"),
            ("Abdul as-Sadr", "abdul:word as:particle sadr:word"),
            ("Ash Carter", "ash:word carter:word"),
            ("Abu Bakr", "abu:word bakr:word"),
            ("Maria de la Cruz", "maria:word de:particle la:particle cruz:word"),
            ("Anna Bell née Smith", "anna:word bell:word nee:particle smith:word"),
            ("Imran Khan", "imran:word khan:word"),
            ("sa", "sa:word"),
            ("An Ag", "an:word ag:word"),
            ("Co Sa", "co:word sa:word"),
        ],
    );
}

#[test]
fn organizations() {
    check(
        Bearer::Organization,
        &[
            ("Agencia X, S.A. de C.V.", "agency:generic x:initial sadecv:legal"),
            ("Zentavo Limited Liability Company", "zentavo:word llc:legal"),
            ("Zentavo L L C", "zentavo:word llc:legal"),
            ("Open Joint Stock Company Zentavo", "ojsc:legal zentavo:word"),
            ("ОАО \"Зентаво\"", "oao:legal зентаво:word"),
            ("Obshchestvo s ogranichennoi otvetstvennost'yu Zentavo", "ooo:legal zentavo:word"),
            ("Общество с ограниченной ответственностью Зентаво", "ooo:legal зентаво:word"),
            ("Zentavo Gesellschaft mit beschränkter Haftung", "zentavo:word gmbh:legal"),
            ("Zentavo GmbH & Co. KG", "zentavo:word kg:legal"),
            ("Zentavo Aktiengesellschaft", "zentavo:word ag:legal"),
            ("Zentavo sp. z o.o.", "zentavo:word spzoo:legal"),
            ("Zentavo Spółka z o. o.", "zentavo:word spzoo:legal"),
            ("Zentavo S.à r.l.", "zentavo:word sarl:legal"),
            ("Zentavo s. r. o.", "zentavo:word sro:legal"),
            ("SIS d.o.o.", "sis:word doo:legal"),
            ("Zentavo A.Ş.", "zentavo:word as:legal"),
            ("Zentavo A/S", "zentavo:word as:legal"),
            ("AS Zentavo", "as:legal zentavo:word"),
            ("PT Zentavo Tbk", "pt:legal zentavo:word tbk:legal"),
            ("Zentavo Sdn. Bhd.", "zentavo:word ltd:legal"),
            ("Zentavo (Pvt) Ltd", "zentavo:word ltd:legal"),
            ("삼성주식회사", "삼성:word kk:legal"),
            ("(주)삼성", "kk:legal 삼성:word"),
            ("株式会社日立", "kk:legal 日立:word"),
            ("深圳华为有限公司", "深圳华为:word ltd:legal"),
            ("Société Anonyme Zentavo", "sa:legal zentavo:word"),
            ("110th Research Center", "110:number research:generic center:generic"),
            ("R&D Bros. Co., Ltd.", "r:initial and:particle d:initial brothers:word ltd:legal"),
            ("Comm Grp", "commercial:generic group:generic"),
            ("Zentavo Trdg & Mfg", "zentavo:word trading:generic and:particle manufacturing:generic"),
            ("Gomez y Cia", "gomez:word and:particle co:legal"),
            ("Third Bureau", "3:number bureau:generic"),
            ("Bank of North Korea", "bank:generic of:particle north:direction korea:place"),
            ("Korean Trading Co", "korea:place trading:generic co:legal"),
            ("U.S.A. Zentavo", "usa:place zentavo:word"),
            ("K.K.B.C.", "kkbc:word"),
            ("Zentavo As Light", "zentavo:word as:word light:generic"),
        ],
    );
}

#[test]
fn ships_and_unknown_bearers() {
    check(
        Bearer::Vehicle,
        &[
            ("M/V CHONG CHON GANG", "mv:vessel chong:word chon:word gang:word"),
            ("M. V. Chong Chon Gang", "mv:vessel chong:word chon:word gang:word"),
            ("Motor Vessel Chong Chon Gang", "mv:vessel chong:word chon:word gang:word"),
            ("LPG/C Gas Star", "lpgc:vessel gas:generic star:word"),
            ("Ocean Star III", "ocean:word star:word 3:number"),
        ],
    );
    check(
        Bearer::Unknown,
        &[
            ("Kim Yong Se", "kim:family yong:given se:given"),
            ("KIM, Jong Un", "kim:family jong:given un:given"),
            ("Dev Patel", "dev:word patel:word"),
            ("Dev Holdings", "development:generic holding:generic"),
            ("Tyra Banks", "tyra:word banks:word"),
            ("Sheikh Ahmed", "sheikh:honorific ahmed:word"),
            ("Zentavo AG", "zentavo:word ag:legal"),
            ("Zentavo Ltd", "zentavo:word ltd:legal"),
            ("SE", "se:legal"),
        ],
    );
}

#[test]
fn the_text_of_parts_does_not_depend_on_the_bearer() {
    let bearers = [Bearer::Person, Bearer::Organization, Bearer::Vehicle, Bearer::Unknown];
    for name in [
        "Ivanov S.A.",
        "Dev Patel",
        "M.V. Lee Co",
        "Lt. Col. Ali Haji SA",
        "Kim Il Sa",
        "Star III",
        "Banks & Co",
        "S A S",
        "A.S. Pushkin",
        "H.E. the Minister",
        "(주)삼성",
        "Ag Co Sa Se",
    ] {
        let texts = bearers
            .map(|bearer| split(&fold(name), bearer).into_iter().map(|part| part.text).collect::<Vec<_>>());
        assert!(texts.iter().all(|other| *other == texts[0]), "{name}: {texts:?}");
    }
}

#[test]
fn codes_and_weights_of_kinds_stay() {
    for code in 0..=12 {
        assert_eq!(PartKind::from_code(code).code(), code);
    }
    assert_eq!((PartKind::Given.code(), PartKind::Family.code()), (11, 12));
}

proptest! {
    #[test]
    fn any_words_in_any_order_give_one_text_for_all_bearers(
        name in "((kim|s|a|sa|s\\.a\\.|co|dev|the|bin|al|dr|lt|gen|ltd|m/v|s/o|iii|z|o\\.o\\.|sp|\\(주\\)|有限公司|bank|-|, ){1,2} ?){1,8}"
    ) {
        let texts = |bearer| split(&fold(&name), bearer).into_iter().map(|part| part.text).collect::<Vec<_>>();
        let person = texts(Bearer::Person);
        prop_assert_eq!(&person, &texts(Bearer::Organization));
        prop_assert_eq!(&person, &texts(Bearer::Unknown));
        prop_assert!(person.iter().all(|text| !text.is_empty()));
    }
}
