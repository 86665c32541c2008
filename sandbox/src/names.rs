//! Material for realistic customers: names in the scripts that guests write them in.
//!
//! All of it is fictional. Email addresses use the domains reserved for examples, telephone numbers the ranges reserved
//! for fiction or begin with zeros, as real ones do not.
//!
//! A list is one string with `|` between its items: a table of strings would need 8 more bytes for each. The lists are
//! short because every page that uses the sandbox loads them.

/// People who write names in the same way.
pub struct People {
    /// Their share of the customers, in percent.
    pub share: u32,
    /// The beginning of their telephone numbers.
    pub phone: &'static str,
    /// Given names.
    pub given: &'static str,
    /// Family names.
    pub family: &'static str,
    /// Streets.
    pub streets: &'static str,
    /// Cities, and after a `/` their post code.
    pub cities: &'static str,
}

/// All groups; the shares add up to a hundred.
// Unformatted, as are all tables here: one name per line would hide which ones belong together.
#[rustfmt::skip]
pub const PEOPLE: &[People] = &[
    People {
        share: 40,
        phone: "+44 20 7946 0",
        given: "Olivia|Amelia|Grace|Charlotte|Niamh|Siân|Oliver|George|Arthur|Seán",
        family: "Smith|Jones|Taylor|Patel|Robinson|O'Brien|MacDonald|Fitzgerald-Moore|Hughes|Ní Dhomhnaill",
        streets: "High Street|Station Road|Church Lane",
        cities: "London/EC1A 1BB|Leeds/LS1 4AP|Cardiff/CF10 1EP",
    },
    People {
        share: 8,
        phone: "+33 1 99 00 0",
        given: "Chloé|Anaïs|Françoise|Jérôme|Loïc",
        family: "Lefèvre|Dubois|Garçon|D'Aubigné|Noël",
        streets: "rue de l'Église|avenue Foch",
        cities: "Paris/75011|Nîmes/30000",
    },
    People {
        share: 8,
        phone: "+49 30 23125 ",
        given: "Jürgen|Björn|Käthe|Lukas|Zoë",
        family: "Müller|Weiß|Schröder|von der Heide",
        streets: "Hauptstraße|Am Mühlbach",
        cities: "Berlin/10115|Köln/50667",
    },
    People {
        share: 8,
        phone: "+34 91 000 0",
        given: "José|María|Íñigo|Begoña|João",
        family: "García|Núñez|Gonçalves|Peña",
        streets: "Calle Mayor|Rua Direita",
        cities: "Madrid/28013|A Coruña/15003",
    },
    People {
        share: 6,
        phone: "+48 22 000 0",
        given: "Łukasz|Małgorzata|Jiří|Ágnes",
        family: "Nowak|Wójcik|Dvořák|Szőke",
        streets: "ulica Długa",
        cities: "Łódź/90-001|Plzeň/301 00",
    },
    People {
        share: 5,
        phone: "+46 8 000 0",
        given: "Åsa|Søren|Sigríður|Þóra|Väinö",
        family: "Åström|Ødegård|Hämäläinen|Guðmundsdóttir",
        streets: "Storgatan",
        cities: "Malmö/211 20|Tromsø/9008",
    },
    People {
        share: 4,
        phone: "+90 212 000 0",
        given: "Ayşe|İpek|Gökhan|Nguyễn|Hồng",
        family: "Yıldız|Şahin|Öztürk|Phạm|Đặng",
        streets: "İstiklal Caddesi",
        cities: "İstanbul/34000|Đà Nẵng/550000",
    },
    People {
        share: 4,
        phone: "+380 44 000 0",
        given: "Оксана|Андрій|Юлія",
        family: "Шевченко|Бойко|Мельник",
        streets: "вулиця Хрещатик",
        cities: "Київ/01001",
    },
    People {
        share: 3,
        phone: "+30 21 0000 0",
        given: "Γιώργος|Θανάσης",
        family: "Παπαδόπουλος|Βλάχος",
        streets: "Ερμού",
        cities: "Αθήνα/105 63",
    },
    People {
        share: 3,
        phone: "+971 4 000 0",
        given: "محمد|فاطمة|ليلى",
        family: "الحسن|حداد|منصور",
        streets: "شارع النيل",
        cities: "القاهرة/11511",
    },
    People {
        share: 2,
        phone: "+972 3 000 0",
        given: "נועה|דוד",
        family: "כהן|לוי",
        streets: "רחוב הרצל",
        cities: "חיפה/3100000",
    },
    People {
        share: 3,
        phone: "+86 10 0000 0",
        given: "伟|芳|婷婷",
        family: "王|李|欧阳",
        streets: "长安街",
        cities: "北京/100000",
    },
    People {
        share: 2,
        phone: "+81 3 0000 0",
        given: "翔太|さくら|エミリ",
        family: "佐藤|髙橋",
        streets: "銀座通り",
        cities: "東京/100-0001",
    },
    People {
        share: 2,
        phone: "+82 2 000 0",
        given: "민준|서연",
        family: "김|이",
        streets: "세종대로",
        cities: "서울/04524",
    },
    People {
        share: 2,
        phone: "+91 11 0000 0",
        given: "अनिल|प्रिया",
        family: "शर्मा|सिंह",
        streets: "गांधी मार्ग",
        cities: "दिल्ली/110001",
    },
];

/// The domains of email addresses.
pub const DOMAINS: &str = "example.com|example.org|mail.example.net";

/// Fictional companies.
pub const COMPANIES: &str =
    "Northwind & Sons|Bluebird Events|Hargreaves Legal|Lumière Studios|Café Zürich|日の出商事";

/// Labels, the most frequent first.
pub const LABELS: &str =
    "Regular|VIP|Newsletter|Corporate|Vegetarian|Press|Gluten-free|Großkunde|常连";

/// Notes.
pub const NOTES: &str = "Prefers the terrace when it is dry.|Allergic to shellfish.|Celebrates here every year 🎉\
    |Écrit toujours en français.";

/// The usual statuses of a past booking.
pub const PAST: &str = "completed|completed|cancelled|no_show";

/// The statuses of a future booking.
pub const FUTURE: &str = "confirmed|pending";
