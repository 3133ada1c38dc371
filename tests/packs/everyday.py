"""Everyday words of ten languages. None of them names a metal, a place, a person or a deed.

Each list begins with words that were heard as something else: Uzbek "compared to" was a city of
Kazakhstan, Russian "therefore" a poet, German "in detail" an export.
"""

from typing import Final

EVERYDAY: Final = {
    "en": """accustomed subsidence subside hospitality patiently muggle commissioner nationalist nationalism
        intersection intersectional puzzle puzzled drift drifting unearthly apt russell francesca francesco
        apple although always another around because become behind believe between breath brother
        careful chair children clothes colour corner curious daughter different difficult either
        enough evening everything family father finger floor forget friend garden gentle glass happy heart
        heavy hour house however hungry kitchen knee language laugh listen little lonely
        lucky mirror moment morning mother mouth narrow nearly never nothing often ordinary otherwise
        people perhaps pocket quiet quite rather sister sleepy slowly smile soft someone sometimes
        sorry stairs strange sweet table therefore thirsty thought tired together tomorrow tonight
        towards trousers uncle until usually village voice weak window wonderful wrist yesterday young""",
    "ru": """поэтому традиционно традиционный следовательно коренной корень грузить захватывающий приготовился
        выбор карьера карьеру франциск ираклий трамплин йогурт выпускник ученик придерживается
        бабушка близко больше брат будто быстро вверх вдруг весело вечером внизу вообще вопрос
        глаза голос громко грустно давно далеко дедушка дети долго домой дочь другой дверь дерево
        завтра зачем здесь зелёный иногда иначе каждый короткий красивый кровать лестница
        лицо люди маленький мальчик медленно между меньше мимо молодой мама напротив немного никогда
        ничего ногти новый ночью обычно однажды окно опять отец очень палец память папа первый
        письмо платье плечо погладил пока половина после почему почти просто разве ребёнок редко руки
        рядом сегодня сестра скамейка сколько скоро слово случайно снова стакан стол страшно
        такой тетрадь тихо тогда только тоже трудно улыбка умный утром хорошо хотя часто человек шаг""",
    "uz": """qaraganda unga misli nafaqat oltinchi tillarida tillarini rudakiy qarorgoh qarorgohi nizomiddin
        agar albatta aka alla asta atrof avval ayol balki bahor barmoq bilan birdan biroz bola boshqa
        bugun buvi chiroyli chunki daraxt derazadan doim dada deyarli egri erta eshik faqat goh hali
        hamma har hech hozir hozircha ikkinchi ilgari issiq joy juda kecha kechqurun keyin
        kichik kichkina kim kitobxon ko'p ko'z kuchli kulib lekin mana mening nega nima
        odam odatda oldin ona opa oson oyoq qachon qani qanday qayerda qiz qiyin qo'l qora qorin
        qisqa quloq rangli rost sabr sekin sen singil soch so'ng shunday shuning singari tez tosh
        tun uka uning uzoq vaqt yana yaqin yaxshi yigit yosh yurak yuz zo'r""",
    "kk": """қарағанда келесі шартты дайындау жиынтық қалыңдығы жарыссөз алқа апатит хромосома
        ағаш аға адам айна ақырын алдымен анда апа арасында артында аз аяқ баяу бала
        басқа бірақ бірге бүгін бәрі гөрі дәл дос ерте ертең ерекше есік жақсы жақын
        жалғыз жаман жас жол жоғары жүрек жұмсақ жылы зор иә ине ініс кейде кейін кеше кешке кім кіші
        көз көйлек көл күн күлкі қазір қайда қайта қалай қара қашан қол қыз қызық қысқа
        маған мүмкін мұнда неге немере оң оңай орындық осындай өзің өте піс сен сондықтан
        сонша соң тағы таң тез терезе төмен туыс түн ұзақ ұл үлкен үй шаш шын ыңғайлы іні""",
    "ky": """карапайым кеңири темирлан күрөш окуучу дайын бул
        абдан адам азыр акырын алгач анда андан апа арада артында ата ачык бала баары башка бет бирок
        бирге бүгүн дайыма дарак дос дүйшөмбү эже эки элек эмне эне эрте эртең эшик жакшы жалгыз
        жаман жаш жол жогору жука жумшак жүрөк ийне иним кайда кайра кандай качан кечээ
        кийин ким кичине көз көйнөк кол кулак кыз кызык күлкү күн мага мында мүмкүн
        назик оң оңой ошондуктан өзү өтө сага сен сиңди суроо тамчы таң тез терезе төмөн тууган түн
        узун улуу үй чач чоң чын шашпай ысым""",
    "tg": """истиқлол рӯҳ фардо имрӯз дирӯз ҳоло баъд пеш зеро аммо лекин вале ҳам низ
        бародар хоҳар модар падар бобо бибӣ духтар писар дӯст ҳамсоя хона дар тиреза миз курсӣ
        дафтар чашм даст по сар дил рӯй забон гап савол ҷавоб ном рӯз шаб субҳ шом моҳ сол
        зебо калон хурд нав кӯҳна дароз кӯтоҳ сабз сиёҳ сафед зуд оҳиста бисёр кам ҳама ҳеҷ
        чӣ кӣ куҷо кай чаро чӣгуна чунки агар то ки ин он худ ман ту вай мо шумо онҳо""",
    "tk": """saparmyrat niýetlenen merkezi aga agşam ak akyl alma arada arka aýal aýak baýry bilen
        biraz birden biri bolsa bu çaga çalt daş dost ejiz elmydama emma ene erte eýýäm gadym
        gap gara gaty gije gijelik giň gowy gök gulak gyz gysga haçan hakyky haýal haýsy
        hemme her hiç indi irden isleg kaka kiçi kim köp köýnek kyn mende mugt näçe näme
        näre nirede ogul olar oňat öý özi saç şeýle sebäbi sen soň söz şu täze uly uzak üçin ýagty
        ýakyn ýalňyz ýaş ýene ýeňil ýok ýuwaş ýürek""",
    "tr": """narin mübarek zavallı bakırköy bakire hissediyorum hissetti yatak rezervasyon konvansiyonel
        yaşasın
        çerçevesinde abla ağaç ağır akşam amca anne ancak aslında ayna ayak ayrıca baba bahçe bazen
        belki beraber beyaz bile biraz böyle bugün büyük çabuk çanta çocuk çok çorap çünkü daha daima
        defter dikkat dün dünya eğer elbise erkek eski ev gece genç gerçek gibi göz
        gülümseme günaydın güzel hâlâ hani hava henüz hep hızlı içeri iyi kadar kalem kardeş kapı karanlık
        kız kolay kulak kuzey mavi mektup merdiven nasıl neden nerede oda oğul
        omuz önce öyle parmak pencere perde saat sabah saç sadece sakin sandalye sessiz sokak
        soru şimdi sıcak tekrar teşekkür uzak uzun üzgün yalnız yarın yavaş yeni yine yürek yüz zaten zor""",
    "de": """ausführlich ausgeführt einführen gesetzt klagenfurt antikörper forderung gefordert erzengel
        erzeugnis
        abend aber allein also andere anfang auge außerdem baum bald besser bisschen bitte blume brille
        bruder dabei danach daneben dann daran deshalb dort draußen eigentlich einfach einmal ellbogen eltern
        endlich etwas fast fenster finger freund frühling gabel ganz garten gefühl gern gesicht
        gestern glücklich großmutter haare hand heute hier himmel hoch hose immer irgendwo jacke
        jemand junge kaum kein kind kissen klein knie kopf lachen langsam leicht leise letzte lieb löffel
        mädchen manchmal morgen mutter müde nacht nachbar nase neben neugierig nicht niemand noch
        nur oben oder ohne ohr onkel plötzlich rot ruhig schnell schön schon schuhe schulter schwer
        schwester sehr selten seltsam sofort sohn sonne spät stimme stuhl süß tante tasche tisch
        tochter traurig treppe tür überall ungefähr unten vater vielleicht vorher wahrscheinlich warum weich
        weil wenig wieder wohnung wort wunderbar zimmer zufrieden zusammen zwischen""",
    "fr": """traitement traiter accordéon visiteur visiteurs matinée salariés desserte nationaliste
        ainsi alors ami ancien après assez assiette aujourd'hui aussi autour avant beau beaucoup
        bientôt bleu bouche bras bras cahier calme chaise chambre chapeau chaque chemise cheveux chez
        ciel combien copain couleur couteau déjà demain dernier derrière dessous devant
        dimanche doigt donc doucement drôle durant école encore enfant enfin ensemble ensuite escalier
        facile faim fatigué fenêtre fille fils fleur fois fort fourchette frère froid gentil genou
        grand grand-mère gris heure heureux hier jamais jambe jardin jaune jeune joli jour jupe lampe
        lendemain lent lourd lui maintenant mais malheureux mère midi mieux moins
        nez noir nouveau nuit oeil oncle oreille oublier parce parfois pareil parler pantalon partout pas
        père petit peu peut-être plancher plusieurs porte pourquoi presque proche puis quand quelque
        rarement rien rire robe rouge rue sac sage sans savoir seul seulement soeur soir soleil sombre
        souvent sucre surtout table tante tard tasse toujours tranquille très triste trop vert vide vieux
        vite voisin voix vrai""",
}
