"""English words that most news holds, as stems (see `terms.stem`), by how many stories hold them.

Counted once over 35,000 headlines with teasers of 150 outlets of 2022-26. They say little about what a
story is about; a table that ships, and not a count of the stories at hand, keeps groupings from shifting.
"""

from typing import Final

EVERYWHERE: Final = """
a about acord acros act action activi acus ad admini africa after aftern again agains agenc ahead ai aid aim
air al aleg alow also americ amid among an analys and anothe anounc any ap apear apl are area arest arm
around articl as ask at atack austra author awa back ban bank bas batl be becaus becom befor begin behind
beij being ben best betwen biden big bigest bil bilion border both break bring britis build busine but by
cal campai can canadi capita captur car cas caus celebr centra chalen chang charg chief childr china chines
christ cit claim climat clos com coment compan compet comple comuni concer confir confli congre contin
contro cost could countr court creat crisi critic cup curent cut dail data day dead deal death decad decisi
defens delive demand democr depart design despit develo did die died diplom direct discus do donald dont
down due dur earl east econom efort eksecu ekspan ekspec eksper eksplo eksten electi electr email end energ
englan eu europ europe even event ever fac fail fal famil far fear featur federa fel fight fil final financ
find fir firm first fiv fod folow for forc foreig former found four franc fre french frida from ful fund
futur gam gaza genera german get giv global go god govern ground group grow had hama has hav he head health
held help her high him his histor hit hold hom hop hospit host hour hous how href htp human i id if imag
import in includ increa india indust inflat inform injur inteli intere intern interv into invest involv iran
is israel isu it item its japan job joe join just kep key kil know known korea larges last latest launch law
lead leader least leav led left level lif lik likel lin link list liv local lok london long los m mad maduro
major mak man mark market mas may mean media member met might milion milita minist mis moment monda month
mor morn moscow most mov much must my nam nation near nearl ned nekst new nicola night no north northe not
now number octobe of ofer ofic oficer oficia oil on one onl open operat oposit or order organi other our out
over own pakist palest parlia part partne past pay peopl person pla plac plan play player pm podcas point
pol polic politi popula positi post potent power prepar pres presid presur pric prim prison produc projec
protec protes provid public push put putin questi rais rat reach read real receiv recent record region
regula relati releas remain report republ resear reside respon result return reveal review right ris risk
rol rt rul run rusia rusian s said sal sam saturd saudi say schol se sea season second secret securi sek sen
ser servic set severa shar she shot should show sid sign signif siks sinc sit so social som son sourc south
southe speak spend star start stat statem step stil stop stor strate stret strik strong stud submit such
sugest sunda suport system tak talk target team tech techno tel test th than that the their them then ther
thes thi think thos though thousa thre threat throug thursd tie tim to toda tok told top toward trad travel
trump try tuesda turn two u uk ukrain un under union unit univer up updat urg us use used using venezu ver
victor video violen visit vot w want war warn was washin watch water way we wednes wek wel wer west what
when wher which whil whit who why wil win with withou woman women work worker world would year yearol york
you your
"""
"""Stems in one story of a hundred, or more."""

OFTEN: Final = """
abilit abl aborti abov abus academ aces achiev aciden acount actor actual aditio admit adres advanc advoca
afair afect afghan afp age agent ago agre agreme airlin airpor alegat aleged alianc almost along alread
altern alway am amazon ambasa ambiti amount angel anger animal aniver answer anthon antise anual anyon apeal
apeara aplica apoint apolog april aproac aprov arab arabia argent argu ariv art artifi artist asault asembl
aset asia asian asista asocia asylum atempt atend atenti atorne atract august availa avoid award b bab bad
balanc bar bater bc beach beat becam began beijin believ below benefi benjam beter beyond bid bit black blam
blast block blod blog blombe blow blu bn board boat bod bok boks bomb bond bos bost boy brand brazil breach
brief britai broadc brok brothe brough brusel budget built bus buy c cabine califo cam camera camp canada
cancel cancer candid canot cant cap caraca card carer cari cary cash caught ceasef cent center centr centur
ceo ceremo certai ces chain chair chairm champi chanc chanel charac chatgp check child chip chos church
citize civil civili clas clash clear closer club cn cnet coach coalit coast cod col colabo colaps cold
colect coleg comand combat combin comerc comisi comit comite comitm comon compar compla condem condit conduc
conect confer confid confro conser consid consti constr consum contai conten contes contra contri conven
conver convic cop copera corpor corupt counci count counte coupl cours cover covid crack crackd crash creati
credit cricke crim crimin cros crowd crown crucia crypto cultur curb curenc custom d damag danger dat daught
david de deadl deadli debat debt debut dec decemb decid declar declin defeat defenc defend delay delhi
demons den deni dep depen deploy deput descri destro detail detain detect determ devast devic didnt difere
dificu digita disast discov diseas dismis displa disput disrup distri divid divisi doctor docume doe doesnt
dog doing dolar domest domina don dor doubl dozen dr dramat draw dream dril driv driver dron drop drug dubai
each earlie earth earthq eas easter edg editio editor educat efect efecti egypt eight ekscha eksclu eksist
eksit ekspen ekspla ekspor ekspos ekspre ekstra ekstre elon emerg emerge emisio employ enforc englis enough
ensur enter enviro envo era escala escap especi establ estima evacua everyo everyt eviden eye f facili
factor failur famili fan farigh fas fast fatal father favour februa fed femal festiv few field fighte figur
fiks filipi film fin finish flag fle flight flod florid fly focu focus foks fon foreca form forum forwar
fosil fotbal foto founde fourth franci fraud fredom fresh friend front fuel furthe g gain gas gather gav
georgi giant girl given goal goe gogl going gold gon gop got grand grant great greate gren grenla growth
guard guardi guid guilt gulf gun half halt hand handl hapen hard hat hear heard heart heat heav hes higher
highes highl highli hik hil himsel holida hong hostag hotel howeve hug humani hundre hunt husban ice idea
identi ilegal im imedia imigra impact implem impos improv incide indeks indepe indian indica indict indivi
indone influe infras initia inovat inquir insid inside inspir instal instea instit integr intens interi
introd invasi irania irelan islama islami island isnt ital italia itself ive jail jam jan januar japane
javier jet jewish jinp john johnso joint journa journe judg jul jump jun justic k karach kevin khan kick kid
kim kind king kingdo kong korean kremli ks ksi kyiv labor labour lack lahor land langua larg lat later
lawmak lawsui lawyer le leagu leak learn lebano legal legisl ler les let leter libera lift light limit litl
locati lom longer lost lot lov low lower machin macron main mainta majori maker manag manage manche manufa
map march masiv match mater materi mayor me measur medica meksic memor men mesag michae micros midl migran
mik mil milei min minut misil mision model modern moham mone monito mother mount moveme movi mp mps multip
murder music musk muslim n nato natura nbc negoti neighb net netany netfli networ never newsle nigeri nin
nomina normal noth nov novemb nuclea object observ oct ocupi ofensi often old olympi onc ongo onlin oportu
option origin outsid overni overse owner p packag paid pandem panel paper parent pari park partic party pas
paseng path patien paus paymen peac pentag per percen perfor period pick pictur plant platfo plead pledg plu
poland pop por port pos posibl powerf practi prais predic premie presen preven previo primar princ priori
privat priz pro prob proble proces profes profit progra progre promis promot prompt proper propos prosec
prospe provin publis pul punjab qatar qualit quarte quit r rac raid rain ral rang rap rar rather realit
reason recogn recome recove red reduc refere reflec reform refuge refus regard regim regist reject relat
relief remark rememb remov renew rep repeat replac repres reques requir rescu reserv resign resist resolu
resort resour respec rest restor restri resum retail reuter revenu rid rishi rival river riyadh road robert
rock rocket rom ros round roundu rout row royal rs saf safet san sancti sateli sav saw scal scanda scen
schedu schem scienc scient scor scren search seat sector secur seiz seks seksua sel select sem senat senato
send senior sens sent senten seoul separa septem seriou serv sesion seven sever shap shift ship shock shop
short shorta shut signal simila simpl singap singer singl situat slam slow smal soar societ softwa sold
soldie soluti someth song sound spac spain spark speake spech specia specif spent spok spokes sport spot
spread spy st sta stabil staf stag stak stand standa starme startu statio statu stock storm stream streng
stres strip struck strugl studen suces sucesf sudan sufer sumer sumit sunak super supl suprem surg surpri
surve surviv suspec suspen sustai swis sydne syria t tackl taiwan taken taks tank task teache techni tehran
teksa temper tempor ten tenage tensio terito term teror terori thank thegua themse theyr thing third tiktok
tip titl today togeth tol ton tor total tour touris town track tradit trafic train transf transi transp
treasu treat treatm trend tri trial triger trip trop troubl truc trust turke tv twiter uae uks uncert unders
until unveil upcom upgrad url user v vale valu variou vehicl versio vesel vetera via vic victim view vilag
violat vladim voic voter vow vs vulner wait wak wal walk warm wav wealth weapon wear weathe weigh wekend
welcom went wester whethe whol whos wif wiliam wind window winer winter withdr within witnes won wont wor
word worst worth wound writ writer wrong ycombi yemen yet young zealan zelens zon
"""
"""Stems in three stories of a thousand, or more."""

# What nearly every story of the field holds, whatever has happened.
OF_THE_FIELD: Final = """
mineral minerals critical rare earth earths metal metals raw material materials mining mine mines miner
resource resources deposit deposits reserves exploration extraction processing production supply chain
chains export exports import strategic agreement memorandum understanding cooperation sign signed signing
ministry minister ministerial bilateral partnership partner partners development investment investments
investor project projects region regional joint company plant industry energy technology ore tonnes tons
copper gold sector economic economy trade market president presidents delegation meeting summit dialogue
statement official officials visit framework documents
"""
"""Whole words."""
