//! The material for realistic customers: names in the scripts that guests write them in, and the pattern of a customer.
//!
//! All of it is fictional. Email addresses use the domains reserved for examples, telephone numbers the ranges reserved
//! for fiction or begin with zeros, as real ones do not.
//!
//! It is text rather than tables and code, and as short as it can be, because every page that uses the sandbox loads
//! it. In a pattern the following stand for something else, see [`crate::seed`]; everything else stands for itself.
//!
//! | mark | stands for |
//! |---|---|
//! | `#` | a digit |
//! | `<a\|b>` | one of the alternatives |
//! | `?7a!b^` | `a` in 7 of 10 customers, otherwise `b` |
//! | `,` | a comma, except at the beginning of a list |
//! | `$` and a letter | what the customer has only one of, or what is the same pattern everywhere |

/// Names of people who write them in the same way, the most frequent first: given names, `=`, family names. A `/` separates
/// the groups.
pub const PEOPLE: &str = "Olivia|Amelia|Grace|Charlotte|Oliver|George|Arthur=Smith|Jones|Taylor|Patel|Robinson|Hughes\
    /Niamh|Siân|Seán|Aoife=O'Brien|MacDonald|Fitzgerald-Moore|Ní Dhomhnaill\
    /Chloé|Anaïs|Jérôme|Loïc=Lefèvre|Dubois|D'Aubigné|Noël\
    /Jürgen|Käthe|Lukas|Zoë=Müller|Weiß|von der Heide\
    /José|María|Íñigo|João=García|Núñez|Gonçalves\
    /Łukasz|Małgorzata|Jiří=Nowak|Wójcik|Szőke\
    /Åsa|Søren|Þóra|Väinö=Åström|Ødegård|Guðmundsdóttir\
    /Ayşe|İpek|Nguyễn|Hồng=Yıldız|Şahin|Phạm\
    /Оксана|Андрій=Шевченко|Бойко\
    /Γιώργος|Θανάσης=Παπαδόπουλος\
    /محمد|ليلى=الحسن|حداد\
    /נועה|דוד=כהן|לוי\
    /伟|婷婷=王|欧阳\
    /翔太|さくら=佐藤|髙橋\
    /민준|서연=김|이\
    /अनिल|प्रिया=शर्मा";

/// The number of groups in [`PEOPLE`].
pub const GROUPS: u32 = 16;

/// A customer, with the fields in the order of the documentation.
pub const CUSTOMER: &str = "{\"id\":\"$i\",\
    \"email\":?9\"$f<.|_|-|+table.>$l$n@<example.com|example.org|mail.example.net>\"!null^,\
    \"first_name\":\"$F\",\
    \"last_name\":?9\"$L\"!null^,\
    \"phone\":?8\"<+44 20 7946 0|+44 7700 900|+33 1 99 00 0>###\"!null^,\
    \"company\":?3$w!null,\"company_address\":null^,\
    \"dob\":?6\"$d\"!null^,\
    \"custom_field_value\":?1\"M-#####\"!null^,\
    \"associated_venues\":[\"$v<1|2|3>\"?4,\"$v4\"^?3,\"$v5\"^],\
    \"marketing_preferences\":[?5$p1$o^?5$p2$o^?5$p3$o^],\
    \"bookings\":[?6$b^?5$b^?4$b^?3$b^],\
    \"labels\":[?3,\"Regular\"^?2,\"VIP\"^?2,\"Newsletter\"^?2,\"Corporate\"^?1,\"Vegetarian\"^?1,\"Press\"^\
    ?1,\"Gluten-free\"^?1,\"Großkunde\"^],\
    \"notes\":?2\"<Prefers the terrace when it is dry.|Allergic to shellfish.|Celebrates here every year 🎉\
    |Écrit toujours en français.>\"!null^,\
    \"created_date\":$c,\
    \"last_updated\":\"$t\"}";

/// `$w`: where the customer works.
pub const WORK: &str = "\"<$L & Sons|Bluebird Events|Café Zürich|日の出商事>\",\
    \"company_address\":{\"street\":\"1## <High Street|Station Road|Church Lane>\",\
    \"city\":\"<London\",\"post_code\":\"EC1A 1BB|Leeds\",\"post_code\":\"LS1 4AP|Łódź\",\"post_code\":\"90-001>\"}";

/// `$o`: what became of a marketing preference.
pub const CHOICE: &str = "\",\"opt_in_date\":<\"$t\",\"opt_out_date\":null,\"opted_in\":true\
    |$c,\"opt_out_date\":\"$t\",\"opted_in\":false\
    |null,\"opt_out_date\":\"$t\",\"opted_in\":false>}";

/// `$b`: a booking.
pub const BOOKING: &str = ",{\"id\":\"$i\",\"date\":\"$q\",\"venue_id\":\"$v<1|2|3|4|5>\",\
    \"num_people\":<1|2|2|3|4|6|12>,\"status\":\"$s\"}";

/// `$s`: the usual statuses of a past booking.
pub const PAST: &str = "<completed|completed|cancelled|no_show>";

/// `$s`: the statuses of a future booking.
pub const FUTURE: &str = "<confirmed|pending>";
