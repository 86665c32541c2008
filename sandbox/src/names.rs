//! Material for realistic customers: names in the scripts that guests write them in.
//!
//! All of it is fictional. Email addresses use the domains reserved for examples, telephone numbers the ranges reserved
//! for fiction or begin with zeros, as real ones do not.
//!
//! A list is one string with `|` between its items: a table of 400 strings would need 8 more bytes for each.

/// People who write names in the same way.
pub struct People {
    /// Their share of the customers, in percent.
    pub share: u32,
    /// The beginning of their telephone numbers.
    pub phone: &'static str,
    /// Given names; after a `/` the spelling for an email address, if it is not just the plain letters.
    pub given: &'static str,
    /// Family names, likewise.
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
        share: 38,
        phone: "+44 20 7946 0",
        given: "Olivia|Amelia|Isla|Ava|Freya|Grace|Poppy|Charlotte|Niamh|Siân|Oliver|George|Harry\
            |Arthur|Noah|Jack|Leo|Alfie|Seán|Rhys",
        family: "Smith|Jones|Taylor|Brown|Williams|Wilson|Johnson|Davies|Patel|Robinson|Wright\
            |Thompson|Evans|Walker|O'Brien|O'Neill|MacDonald|Fitzgerald-Moore|Hughes\
            |Ní Dhomhnaill",
        streets: "High Street|Station Road|Church Lane|Victoria Road|Mill Lane|Queen Street",
        cities: "London/EC1A 1BB|Leeds/LS1 4AP|Manchester/M1 1AE|Bristol/BS1 5TR|Cardiff/CF10 1EP",
    },
    People {
        share: 8,
        phone: "+33 1 99 00 0",
        given: "Chloé|Zoé|Anaïs|Hélène|Françoise|Noémie|François|Jérôme|Gaël|Loïc",
        family: "Lefèvre|Béranger|Dubois|Moreau|Garçon|Bézier|D'Aubigné|Le Goff|Noël",
        streets: "rue de l'Église|avenue Foch|boulevard Voltaire|place du Marché",
        cities: "Paris/75011|Lyon/69002|Nîmes/30000|Orléans/45000",
    },
    People {
        share: 8,
        phone: "+49 30 23125 ",
        given: "Jürgen|Björn|Käthe|Jörg|Anna|Lukas|Hannelore|Sören|Zoë|Matthias",
        family: "Müller|Weiß|Schröder|Groß|Bäcker|Schäfer|Köhler|von der Heide|Löwe",
        streets: "Hauptstraße|Goethestraße|Am Mühlbach|Schlossallee",
        cities: "Berlin/10115|Köln/50667|München/80331|Düsseldorf/40213",
    },
    People {
        share: 8,
        phone: "+34 91 000 0",
        given: "José|María|Íñigo|Begoña|Ángel|Lucía|Nuño|Inés|Raúl|João",
        family: "García|Núñez|Muñoz|Ibáñez|Gonçalves|Peña|Rodríguez|Ordóñez|Sáez",
        streets: "Calle Mayor|Avenida de la Constitución|Plaza de España|Rua Direita",
        cities: "Madrid/28013|A Coruña/15003|Málaga/29015|Logroño/26001",
    },
    People {
        share: 6,
        phone: "+48 22 000 0",
        given: "Łukasz|Agnieszka|Paweł|Małgorzata|Grażyna|Jiří|Šárka|Zoltán|Ágnes",
        family: "Nowak|Wójcik|Zięba|Gołąb|Mączka|Dvořák|Růžička|Szőke|Źrebiec",
        streets: "ulica Długa|aleja Niepodległości|Náměstí Míru|Kossuth tér",
        cities: "Łódź/90-001|Kraków/30-001|Plzeň/301 00|Győr/9021",
    },
    People {
        share: 5,
        phone: "+46 8 000 0",
        given: "Åsa|Bjørn|Søren|Måns|Sigríður|Þóra|Väinö|Päivi|Kjærsti",
        family: "Åström|Ødegård|Sørensen|Hämäläinen|Guðmundsdóttir|Lindqvist|Bjørnstad",
        streets: "Storgatan|Søndergade|Mäkelänkatu|Karl Johans gate",
        cities: "Malmö/211 20|Århus/8000|Jyväskylä/40100|Tromsø/9008",
    },
    People {
        share: 4,
        phone: "+90 212 000 0",
        given: "Ayşe|İpek|Çağla|Gökhan|Ümit|Nguyễn|Hồng|Thảo",
        family: "Yıldız|Şahin|Öztürk|Çelik|Güneş|Trần|Phạm|Đặng",
        streets: "İstiklal Caddesi|Bağdat Caddesi|Phố Huế",
        cities: "İstanbul/34000|Eskişehir/26000|Đà Nẵng/550000",
    },
    People {
        share: 4,
        phone: "+380 44 000 0",
        given: "Оксана/oksana|Андрій/andrii|Наталія/nataliia|Сергій/serhii|Юлія/yuliia|Іван/ivan\
            |Анна/anna|Дмитро/dmytro",
        family: "Шевченко/shevchenko|Коваленко/kovalenko|Бойко/boiko|Ткаченко/tkachenko\
            |Гончар/honchar|Мельник/melnyk",
        streets: "вулиця Хрещатик|проспект Свободи|Набережна",
        cities: "Київ/01001|Львів/79000|Одеса/65000",
    },
    People {
        share: 3,
        phone: "+30 21 0000 0",
        given: "Γιώργος/giorgos|Δημήτρης/dimitris|Νίκος/nikos|Αλέξανδρος/alexandros|Θανάσης/thanasis",
        family: "Παπαδόπουλος/papadopoulos|Οικονόμου/oikonomou|Βλάχος/vlachos|Γεωργίου/georgiou",
        streets: "Ερμού|Λεωφόρος Συγγρού",
        cities: "Αθήνα/105 63|Θεσσαλονίκη/546 24",
    },
    People {
        share: 3,
        phone: "+971 4 000 0",
        given: "محمد/mohammed|فاطمة/fatima|عمر/omar|ليلى/layla|يوسف/youssef|نور/nour",
        family: "الحسن/alhassan|حداد/haddad|خليل/khalil|المصري/almasri|منصور/mansour",
        streets: "شارع الجمهورية|شارع النيل",
        cities: "القاهرة/11511|عمّان/11118",
    },
    People {
        share: 2,
        phone: "+972 3 000 0",
        given: "נועה/noa|דוד/david|יעל/yael|איתן/eitan|תמר/tamar",
        family: "כהן/cohen|לוי/levi|מזרחי/mizrahi|פרידמן/friedman",
        streets: "רחוב הרצל|שדרות רוטשילד",
        cities: "תל אביב/6100000|חיפה/3100000",
    },
    People {
        share: 3,
        phone: "+86 10 0000 0",
        given: "伟/wei|芳/fang|秀英/xiuying|敏/min|磊/lei|婷婷/tingting",
        family: "王/wang|李/li|张/zhang|刘/liu|陈/chen|欧阳/ouyang",
        streets: "长安街|南京东路",
        cities: "北京/100000|上海/200001",
    },
    People {
        share: 2,
        phone: "+81 3 0000 0",
        given: "翔太/shota|さくら/sakura|健/ken|陽子/yoko|エミリ/emiri",
        family: "佐藤/sato|鈴木/suzuki|髙橋/takahashi|渡邉/watanabe",
        streets: "銀座通り|表参道",
        cities: "東京/100-0001|京都/600-8216",
    },
    People {
        share: 2,
        phone: "+82 2 000 0",
        given: "민준/minjun|서연/seoyeon|지훈/jihoon|하은/haeun",
        family: "김/kim|이/lee|박/park|최/choi",
        streets: "세종대로|테헤란로",
        cities: "서울/04524|부산/48943",
    },
    People {
        share: 2,
        phone: "+91 11 0000 0",
        given: "अनिल/anil|प्रिया/priya|राहुल/rahul|दीपिका/deepika",
        family: "शर्मा/sharma|सिंह/singh|गुप्ता/gupta|मिश्रा/mishra",
        streets: "गांधी मार्ग|स्टेशन रोड",
        cities: "दिल्ली/110001|मुंबई/400001",
    },
    People {
        share: 2,
        phone: "+66 2 000 0",
        given: "สมชาย/somchai|มาลี/malee|ნინო/nino|გიორგი/giorgi",
        family: "ใจดี/jaidee|ศรีสุข/srisuk|ბერიძე/beridze|კაპანაძე/kapanadze",
        streets: "ถนนสุขุมวิท|რუსთაველის გამზირი",
        cities: "กรุงเทพฯ/10110|თბილისი/0105",
    },
];

/// The domains of email addresses.
#[rustfmt::skip]
pub const DOMAINS: &str = "example.com|example.org|example.net|mail.example.com|guests.example.org";

/// Fictional companies.
#[rustfmt::skip]
pub const COMPANIES: &str = "Northwind & Sons|Bluebird Events|Atelier Noir|Hargreaves Legal|Kestrel Capital\
            |Lumière Studios|Morgenstern GmbH|Ostrich Press|Pemberton Estates|Quayside Breweries\
            |Café Zürich|Søstrene Design|Παπαγάλος ΑΕ|Кобзар Медіа|日の出商事|한빛소프트";

/// Labels, the most frequent first.
#[rustfmt::skip]
pub const LABELS: &str = "Regular|VIP|Newsletter|Corporate|Birthday club|Vegetarian|Wine list\
            |Late cancellation|Press|Gluten-free|Window table|Großkunde|常连";

/// Notes.
#[rustfmt::skip]
pub const NOTES: &str = "Prefers the terrace when it is dry.|Allergic to shellfish; asked about it last time.\
            |Celebrates the wedding anniversary here every year 🎉\
            |Brings the team on the first Thursday of the month.\
            |Arrives late: hold the table for twenty minutes.\
            |Quiet corner, please. Hard of hearing.|Écrit toujours en français.\
            |Invoice to the company, attention of accounts.";

/// The usual statuses of a past booking.
#[rustfmt::skip]
pub const PAST: &str = "completed|completed|completed|completed|cancelled|no_show";

/// The statuses of a future booking.
#[rustfmt::skip]
pub const FUTURE: &str = "confirmed|confirmed|pending";
