"""Words that most news holds, in the languages of the region and a few others. From use, not counted."""

from typing import Final

OFTEN: Final = {
    "uz": """
va bilan uchun ham bu shu u o'z deb edi ekan esa bo'lgan bo'lib bo'ldi bo'ladi qilish qilindi qilgan qilib
etish etildi etilgan haqida bo'yicha qarshi kerak mumkin yana eng ko'p katta yangi birinchi ikki uch to'rt
besh yil yili yilda kun kuni kunlik oy hafta soat vaqt bugun kecha million milliard ming foiz dollar so'm
prezident prezidenti vazir vaziri vazirlik vazirligi hukumat davlat davlati respublika mamlakat xalq
xalqaro milliy rais raisi rahbar rahbari o'rinbosar bosh vakil yig'ilish uchrashuv uchrashdi tashrif
hamkorlik kelishuv memorandum imzolandi imzoladi qaror farmon qonun soha sohasi loyiha loyihalar
rivojlantirish rivojlanish ishlab chiqarish iqtisodiy iqtisodiyot kompaniya korxona sanoat investitsiya
mablag' bozor muhim mineral xomashyo kon konchilik geologiya qazib olish metall nodir zaxira hudud viloyat
shahar tuman markaziy osiyo o'zbekiston o'zbek toshkent mirziyoyev shavkat qozog'iston rossiya xitoy aqsh
ma'lum xabar berdi ma'lumot axborot xizmati ta'kidladi aytdi ва билан учун ҳам бу шу деб бўлган бўлиб
қилиш этилди ҳақида бўйича янги биринчи йил йили куни президент президенти вазир вазирлиги ҳукумат давлат
мамлакат ҳамкорлик келишув имзоланди ўзбекистон тошкент мирзиёев шавкат
""",
    "kk": """
және мен бен пен үшін бұл сол осы ол өз деп еді екен болып болды болған болады бар жоқ қажет мүмкін туралы
бойынша қарай кейін дейін тағы ең көп үлкен жаңа бірінші екі үш төрт бес жыл жылы жылғы күн күні ай апта
сағат уақыт бүгін кеше миллион миллиард мың пайыз доллар теңге президент президенті премьер министр
министрі министрлік министрлігі үкімет мемлекет мемлекеттік республика ел елдің елі халық халықаралық
ұлттық төраға басшы басшысы өкіл жиын отырыс кездесу сапар ынтымақтастық келісім меморандум қол қойды
қойылды шешім жарлық заң сала саласы жоба даму дамыту өндіріс экономика экономикалық компания кәсіпорын
өнеркәсіп инвестиция қаржы нарық маңызды минерал шикізат кен геологиялық барлау өндіру металл сирек қор
аймақ облыс қала орталық азия қазақстан қазақ астана тоқаев қасым-жомарт ресей қытай ақш сыртқы істер
хабарлады деді айтты атап өтті жазды баспасөз қызметі мәлімдеді
""",
    "ky": """
жана менен үчүн бул ошол ал өз деп эле болуп болду болгон болот бар жок керек мүмкүн тууралуу боюнча кийин
чейин дагы эң көп чоң жаңы биринчи эки үч төрт беш жыл жылы жылдын күн күнү ай апта саат убакыт бүгүн
кечээ миллион миллиард миң пайыз доллар сом президент президенти министр министри министрлик министрлиги
өкмөт мамлекет мамлекеттик республика өлкө эл эл аралык улуттук төрага башчысы өкүл жыйын жолугушуу сапар
кызматташтык келишим кол койду коюлду чечим жарлык мыйзам тармак долбоор өнүгүү өндүрүш экономика компания
ишкана инвестиция каражат базар маанилүү минерал чийки зат кен геологиялык чалгындоо казуу металл аймак
облус шаар борбордук азия кыргызстан кыргыз бишкек жапаров садыр россия кытай акш билдирди деди айтты
белгиледи маалымат кызматы
""",
    "tk": """
we bilen üçin hem bu şol ol öz diýip boldy bolan bolup bolýar barada boýunça täze birinji iki üç ýyl ýyly
ýylda gün güni aý hepde million milliard müň göterim dollar manat prezident prezidenti ministr ministri
ministrligi hökümet döwlet ýurt ýurdy halk halkara milli başlygy duşuşyk sapar hyzmatdaşlyk ylalaşyk gol
çekildi karar kanun taslama ösüş önümçilik ykdysady kompaniýa kärhana maýa bazar merkezi aziýa
türkmenistan türkmen aşgabat berdimuhamedow serdar russiýa hytaý abş habar berdi belledi
""",
    "tg": """
ва бо барои дар аз ба ин он ки буд аст шуд мешавад нав аввал ду се сол соли рӯз рӯзи моҳ ҳафта миллион
миллиард ҳазор фоиз доллар сомонӣ президент президенти вазир вазири вазорат вазорати ҳукумат давлат
давлати ҷумҳурӣ ҷумҳурии кишвар халқ байналмилалӣ миллӣ раис раиси вохӯрӣ сафар ҳамкорӣ созишнома имзо
шуданд қарор қонун лоиҳа рушд истеҳсол иқтисодӣ ширкат корхона саноат сармоя бозор маъдан осиёи марказӣ
тоҷикистон тоҷик душанбе раҳмон эмомалӣ русия чин гуфт хабар дод
""",
    "tr": """
ve ile için bu şu o da de bir olan olarak oldu etti edildi eden ettiği göre sonra kadar yeni ilk iki üç
yıl yılı gün ay milyon milyar bin yüzde dolar lira cumhurbaşkanı bakan bakanı bakanlığı hükümet devlet
ülke halk uluslararası milli başkanı toplantı görüşme ziyaret iş birliği işbirliği anlaşma mutabakat zaptı
imzaladı imzalandı karar kanun proje kalkınma üretim ekonomik şirket sanayi yatırım pazar kritik mineral
maden orta asya özbekistan kazakistan kırgızistan tacikistan türkmenistan abd rusya çin söyledi dedi
açıkladı
""",
    "de": """
der die das den dem des ein eine einen einem einer und oder aber nicht mit von vom zu zum zur in im an am
auf aus bei für über unter nach vor durch gegen um ist sind war waren wird werden wurde hat haben sich als
auch wie noch nur mehr sein seine ihre dass sie er es wir jahr jahre tag woche monat million millionen
milliarden prozent euro dollar präsident minister ministerium regierung staat land länder neue neuen erste
ersten zwei drei unternehmen zusammen zusammenarbeit abkommen vereinbarung unterzeichnet projekt
wirtschaft sagte teilte rohstoffe kritische zentralasien
""",
    "fr": """
le la les un une des du de et ou mais ne pas avec sur sous dans en par pour au aux ce cette ces son sa ses
leur est sont était a ont été plus que qui dont il elle ils nous vous an ans année jour semaine mois
million millions milliard milliards euro euros dollars président ministre ministère gouvernement état pays
nouveau nouvelle premier première deux trois entreprise coopération accord signé projet économie selon
minerais critiques asie centrale
""",
    "bg": """
на и в във с със за от да се е са че не по при до като които който която ще бе беше има но или към между
след през над под тази този това тези година години ден месец милиона милиарда хиляди процента долара
президент министър министерство правителство държава страна страните нов нова първи два три компания
сътрудничество споразумение подписа проект икономика каза обяви съобщи заяви
""",
    "pl": """
i w we z ze na do o od po za przez dla przy nad pod jest są był była było będzie nie to ten ta te tego tym
że się jak ale lub oraz który która które których co rok roku lat dzień mln mld tys proc prezydent
minister rząd kraj nowy pierwszy dwa trzy firma
""",
}
