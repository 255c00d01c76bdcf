"""Function words by language: articles, pronouns, prepositions, conjunctions, auxiliary verbs.

They stand in every text of their language whatever it is about, so ranking gives them little
weight, and a document's language is told by them. The lists hold closed classes of words alone:
lists made for other ends hold words such as ``system`` or ``page`` that people search for. They
stay in the index, for phrases. ``us`` is not among them, because ``U.S.`` is the same token.

This module is imported when a query or a document needs it, and not at every start.
"""

from collections.abc import Iterable
from functools import cache

from recordsearch.query.analysis import streams

# fmt: off
FUNCTION_WORDS: dict[str, str] = {
    "en": """
        the a an and or but nor not no if of to in on at by for with from into
        onto upon over under about against between among through during before
        after above below out off up down than then as is am are was were be
        been being do does did doing done has have had having will would shall
        should can could may might must ought i me my mine myself we our ours
        ourselves you your yours yourself yourselves he him his himself she
        her hers herself it its itself they them their theirs themselves this
        that these those who whom whose which what when where why how there
        here all any both each few more most other others some such only own
        same so too very just also again further once because until while
        though although whether either neither since unless per within without
        toward towards via yet ever s t d ll m re ve don didn doesn isn aren
        wasn weren hasn haven hadn won wouldn shouldn couldn mustn cannot
    """,
    "de": """
        der die das den dem des ein eine einer eines einem einen und oder aber
        denn sondern nicht kein keine keinen keiner keinem ist sind war waren
        wird werden wurde wurden worden sein hat haben hatte hatten kann
        können konnte muss müssen soll sollen sollte darf ich du er sie es wir
        ihr uns euch ihm ihn ihnen mich dich sich mein meine seine seiner ihre
        ihrer ihrem ihren unser unsere zu zum zur in im ins an am ans auf aus
        bei beim mit nach von vom vor für über unter um durch gegen ohne bis
        seit während wegen als wie wenn weil dass daß ob da so auch nur noch
        schon sehr mehr hier dort dann dieser diese dieses diesem diesen jeder
        jede jedes alle allen was wer wo warum welche welcher welches man
        bereits sowie
    """,
    "fr": """
        le la les un une des de du au aux et ou mais donc or ni car ne pas
        plus que qui quoi dont où ce cet cette ces ceux celle celui celles je
        tu il elle on nous vous ils elles me te se lui leur leurs mon ma mes
        ton ta tes son sa ses notre nos votre vos est sont était étaient été
        être sera seront soit a ont avait avaient avoir aura fait faire peut
        peuvent doit dans sur sous avec sans pour par en vers chez entre
        depuis pendant avant après contre si comme quand ainsi aussi très tout
        toute tous toutes même autre autres y à là d l j n s c qu m t lors
        afin selon cela
    """,
    "es": """
        el la los las un una unos unas de del al a y e o u pero sino ni no que
        quien quienes cual cuales cuyo como cuando donde cuanto si porque en
        con sin por para sobre bajo entre hasta desde hacia según contra
        durante ante tras yo tú él ella ello nosotros ellos ellas usted
        ustedes me te se le les lo nos mi mis tu tus su sus nuestro nuestra
        nuestros nuestras este esta esto estos estas ese esa eso esos esas
        aquel aquella es son era eran fue fueron ser sido está están estaba
        estar ha han había haber hay he hemos puede pueden debe deben muy más
        también ya todo toda todos todas otro otra otros otras mismo misma así
        pues
    """,
    "pt": """
        o a os as um uma uns umas de do da dos das no na nos nas ao aos à às
        pelo pela pelos pelas em por para com sem sobre sob entre até desde
        contra e ou mas nem não que quem qual quais cujo como quando onde se
        porque eu tu ele ela nós eles elas você vocês me te lhe lhes meu minha
        seu sua seus suas nosso nossa este esta isto estes estas esse essa
        isso esses essas aquele aquela é são era eram foi foram ser sido está
        estão estava estar tem têm tinha ter há pode podem deve devem muito
        mais também já todo toda todos todas outro outra outros outras mesmo
        mesma assim pois
    """,
    "it": """
        il lo la i gli le un uno una di del dello della dei degli delle a al
        allo alla ai agli alle da dal dalla dai dalle in nel nello nella nei
        nelle su sul sulla sui sulle con per tra fra e ed o ma né non che chi
        cui quale quali come quando dove se perché io tu lui lei noi voi loro
        mi ti si ci vi ne mio mia suo sua suoi sue nostro nostra questo questa
        questi queste quello quella quelli è sono era erano fu furono essere
        stato stata stati ha hanno aveva avere può possono deve devono molto
        più anche già tutto tutta tutti tutte altro altra altri altre stesso
        così quindi dell nell all dall sull l d
    """,
    "nl": """
        de het een en of maar want niet geen is zijn was waren wordt worden
        werd werden geworden heeft hebben had hadden kan kunnen kon moet
        moeten mag zal zullen zou zouden ik jij je u hij zij ze wij we jullie
        hem haar hen hun ons onze mijn uw zich in op aan bij met naar van voor
        over onder door tegen zonder tot sinds tijdens om uit te als dan dat
        die dit deze daar er hier wat wie waar waarom hoe welke ook nog al
        alleen zeer meer veel andere alle wanneer omdat indien zodat dus reeds
        tussen
    """,
    "sv": """
        och eller men inte ingen inget inga en ett den det de dem är var vara
        varit blir bli blev har hade ha kan kunde ska skall skulle måste får
        jag du han hon vi ni man mig dig honom henne oss er min mitt mina din
        sin sitt sina hans hennes vår vårt våra deras i på av för med till
        från om över under mellan genom mot utan efter före vid hos som att
        när där här då så även också mycket mer än denna detta dessa vilken
        vilket vilka vad vem hur varför alla andra samt
    """,
    "da": """
        og eller men ikke ingen intet en et den det de dem er var være været
        bliver blive blev har havde have kan kunne skal skulle må jeg du han
        hun vi i man mig dig ham hende os jer min mit mine din sin sit sine
        hans hendes vores deres på af for med til fra om over under mellem
        gennem mod uden efter før ved hos som at når hvor her der da så også
        meget mere end denne dette disse hvilken hvilket hvad hvem hvordan
        hvorfor alle andre samt nogle noget
    """,
    "no": """
        og eller men ikke ingen en et den det de dem er var være vært blir bli
        ble har hadde ha kan kunne skal skulle må jeg du han hun vi dere man
        meg deg ham henne oss min mitt mine din sin sitt sine hans hennes vår
        vårt våre deres i på av for med til fra om over under mellom gjennom
        mot uten etter før ved hos som at når hvor her der da så også mye mer
        enn denne dette disse hvilken hvilket hva hvem hvordan hvorfor alle
        andre samt noen noe
    """,
    "fi": """
        ja tai mutta sekä vai ei en et emme ette eivät on ovat oli olivat olla
        ollut olisi se ne hän he minä sinä me te tämä tämän tätä nämä tuo sen
        sitä niiden niitä hänen heidän minun sinun meidän teidän joka jotka
        jonka jota jossa mikä mitä kuka kun jos että koska kuin niin myös vain
        jo vielä nyt siellä täällä sitten kanssa mukaan ilman ennen jälkeen
        välillä kautta asti kuten voi voivat voidaan tulee pitää ovatko kaikki
        muut muun hyvin
    """,
    "et": """
        ja või aga ning kuid ei ole on oli olid olla olnud see selle seda need
        nende neid ta tema nad nemad ma mina sa sina me meie te teie mis mida
        kes keda kui et sest nagu ka ainult juba veel nüüd seal siin siis koos
        ilma enne pärast vahel kaudu kuni võib võivad peab tuleb kõik teised
        väga oma ennast mille kelle
    """,
    "lv": """
        un vai bet nav ir bija būt būs tas tā tie tās to šis šī šo es tu viņš
        viņa mēs jūs viņi kas ko kad kur ja ka jo kā arī tikai jau vēl tagad
        ar bez no uz par pie pēc pirms starp līdz pret caur var jābūt visi
        citi ļoti savu kuru kurš kura
    """,
    "lt": """
        ir ar bet o ne nėra yra buvo būti bus tas ta tie tos to šis ši šio aš
        tu jis ji mes jūs jie jos kas ką kada kur jei kad nes kaip taip pat
        tik jau dar dabar su be iš į apie prie po prieš tarp iki per gali turi
        visi kiti labai savo kuris kuri kurie
    """,
    "pl": """
        i oraz lub albo ale nie jest są był była było były być będzie będą ma
        mają może mogą musi ja ty on ona ono my wy oni one mnie ciebie jego
        jej ich nas was im mu go się swój swoje w we na z ze do od dla o po
        przy przez przed pod nad między bez u za że który która które którzy
        których co kto gdy kiedy gdzie jak jeśli ponieważ aby czy tak także
        również tylko już jeszcze bardzo ten ta to te ci tego tej tych tym
        tymi wszystkie inne
    """,
    "cs": """
        a nebo ale ani ne není je jsou byl byla bylo byli být bude budou má
        mají může mohou musí já ty on ona ono my vy oni mě jeho její jejich
        nás vás jim mu se si svůj v ve na z ze do od pro o po při přes před
        pod nad mezi bez u za že který která které kteří co kdo když kde jak
        jestli protože aby tak také pouze jen již ještě velmi ten ta to tohoto
        této těchto tím všechny jiné podle s k ke i
    """,
    "sk": """
        a alebo ale ani nie je sú bol bola bolo boli byť bude budú má majú
        môže môžu musí ja ty on ona ono my vy oni ma jeho jej ich nás vás im
        mu sa si svoj v vo na z zo do od pre o po pri cez pred pod nad medzi
        bez u za že ktorý ktorá ktoré ktorí čo kto keď kde ako ak pretože aby
        tak tiež len už ešte veľmi ten tá to tie tohto tejto týchto tým všetky
        iné podľa s k ku i
    """,
    "sl": """
        in ali pa ampak ne ni je so bil bila bilo bili biti bo bodo ima imajo
        lahko mora jaz ti on ona mi vi oni me njegov njena njihov nas vas jim
        mu se si svoj v na z s iz do od za o po pri skozi pred pod nad med
        brez ki kateri katera kaj kdo ko kjer kako če ker da tako tudi le že
        še zelo ta to te tega tej teh vse drugi
    """,
    "hr": """
        i ili ali ni ne nije je su bio bila bilo bili biti će bit ima imaju
        može mogu mora ja ti on ona mi vi oni me njegov njezin njihov nas vas
        im mu se svoj u na s sa iz do od za o po pri kroz prije pod nad između
        bez koji koja koje kojih što tko kada gdje kako ako jer da tako
        također samo već još vrlo taj ta to te tog ove ovaj ova svi drugi
    """,
    "hu": """
        a az egy és vagy de nem is van vannak volt voltak lesz lenni lett én
        amelyet amelyeket akit amit arra erre abban ebben azzal ezzel arról
        te ő mi ti ők engem téged őt minket ez azt ezt ezek azok annak ennek
        aki akik ami amely amelyek mely hogy ha mert mint amikor ahol hol
        hogyan miért csak már még most ott itt akkor után előtt között nélkül
        szerint által alatt felett ellen kell lehet minden más nagyon sem
        illetve valamint
    """,
    "ro": """
        și şi sau dar nu este sunt era erau fost fi fie va vor are au avea
        avut poate pot trebuie eu tu el ea noi voi ei ele mă te se îi le lui
        lor său sa săi sale nostru un o unei unui de la în din pe cu fără
        pentru prin spre către între până după înainte contra sub peste ca că
        să dacă când unde cum care cine ce al ai ale acest această acești
        aceste acel acea foarte mai tot toate toți alt alte doar deja
    """,
    "tr": """
        ve veya ya da de ile ama fakat ancak değil bir bu şu o ben sen biz siz
        onlar beni bana onu ona bunu buna bunun onun benim bizim için gibi
        kadar göre sonra önce üzere olarak olan oldu olduğu olur ise ki ne kim
        nasıl neden çünkü eğer her tüm bütün çok daha en hem mi mı var yok
        şekilde arasında tarafından
    """,
    "ca": """
        el la els les un una uns unes de del dels al als a i o però ni no que
        qui quin quina com quan on si perquè en amb sense per sobre sota entre
        fins des cap contra durant jo tu ell ella nosaltres ells elles em et
        es li ho hi meu seva seu seves seus nostre aquest aquesta aquests
        aquestes aquell és són era eren va van ser estat està han ha havia
        haver pot poden deu molt més també ja tot tota tots totes altre altra
        altres mateix així doncs l d
    """,
    "eu": """
        eta edo baina ez da dira zen ziren izan du dute zuen zuten hau hori
        hura hauek horiek ni zu gu bere beren zein zer nor non nola baldin bat
        batzuk ere bakarrik oso gehiago guztiak beste dela duela egin behar
        bezala arte gabe arabera
    """,
    "ga": """
        agus nó ach ní is tá bhí bheith atá an na ar ag le do de i as ó faoi
        trí idir gan roimh tar éis mé tú sé sí muid sibh siad mo a ár bhur seo
        sin siúd cad cé conas má nuair mar go nach freisin níos gach eile
    """,
    "is": """
        og eða en ekki er eru var voru vera verið hefur hafa hafði ég þú hann
        hún það við þið þeir þær þau mig þig sig sem að á í um af fyrir með
        til frá yfir undir milli gegnum án eftir hjá þegar þar hér þá svo
        einnig mjög meira þessi þetta þessir hvað hver hvernig allir aðrir
    """,
    "id": """
        dan atau tetapi tidak bukan adalah ialah yang ini itu di ke dari pada
        untuk dengan tanpa oleh dalam antara sampai sejak karena jika kalau
        bahwa sebagai seperti saya kami kita anda kamu dia ia mereka akan
        telah sudah sedang dapat bisa harus juga hanya lebih sangat semua lain
        apa siapa kapan mana bagaimana tersebut secara para
    """,
    "vi": """
        và hoặc nhưng không là có được bị của cho với từ trong ngoài trên dưới
        tại về theo khi nếu vì thì mà này đó những các một tôi bạn anh chị ông
        bà nó họ chúng ta đã đang sẽ cũng chỉ rất hơn như ai gì đâu nào ra vào
        đến
    """,
    "tl": """
        ang ng mga sa na ay at o hindi ito iyan iyon siya sila ako ikaw kami
        tayo kayo niya nila ko mo namin natin para kung dahil kaya pero may
        mayroon wala din rin lamang lang po opo nang isang
    """,
    "so": """
        iyo ama laakiin ma waa waxaa ku ka u la ah oo in uu ay aan aad waxay
        wuxuu kan tan kuwa inuu inay markii haddii sida
    """,
    "ht": """
        ak oswa men pa se te li yo nou mwen ou ki nan sou pou san depi lè si
        paske sa a tout lòt gen genyen kapab dwe yon la ap
    """,
    "sw": """
        na au lakini si ni ya wa za cha la kwa katika hii hiyo hizi huyu yeye
        wao mimi wewe sisi kuwa alikuwa kama ambayo ambao baada kabla pia tu
        sana wote
    """,
    "sq": """
        dhe ose por nuk është janë ishte ishin të e në me pa për nga te tek
        mbi nën midis deri pas para unë ti ai ajo ne ju ata ato që kush çfarë
        kur ku si nëse sepse kjo ky këto këta një disa gjithë tjetër shumë
        edhe duhet mund
    """,
    "eo": """
        la kaj aŭ sed ne estas estis esti de al en sur sub kun sen por per pri
        el ĝis inter mi vi li ŝi ĝi ni ili kiu kio kie kiam kiel ĉu se ĉar ke
        tiu tio ĉi tiuj ankaŭ nur tre pli ĉiuj alia
    """,
    "ru": """
        и или но а не ни нет да в во на с со из от до для по при про за над
        под перед между через без у о об к ко я ты он она оно мы вы они меня
        тебя его её ее нас вас их им ему ей мне тебе нам вам себя свой своей
        своих это этот эта эти этого этой этих тот та то те того той тех что
        чтобы кто который которая которое которые которых как когда где если
        потому так также тоже только уже ещё еще очень был была было были быть
        будет будут есть может могут весь все всех другие же бы ли
    """,
    "uk": """
        і й та або але не ні в у на з із зі від до для по при про за над під
        перед між через без о об к я ти він вона воно ми ви вони мене тебе
        його її нас вас їх їм йому їй мені себе свій своїх це цей ця ці цього
        цієї цих той те того тих що щоб хто який яка яке які яких як коли де
        якщо тому так також тільки вже ще дуже був була було були бути буде
        будуть є може можуть весь всі інші же би чи
    """,
    "bg": """
        и или но а не ни да ще в във на с със из от до за по при през под над
        пред между без у о към аз ти той тя то ние вие те мен теб го я нас вас
        ги им му ѝ си се свой това този тази тези онзи който която което които
        какво кой кога къде как ако защото така също само вече още много е са
        беше бяха бъде бил била било може могат трябва всички други
    """,
    "sr": """
        и или али ни не није је су био била било били бити ће има имају може
        могу мора ја ти он она ми ви они ме његов њен њихов нас вас им му се
        свој у на с са из до од за о по при кроз пре под над између без који
        која које којих шта ко када где како ако јер да тако такође само већ
        још веома тај та то те тог ове овај ова сви други
    """,
    "el": """
        ο η το οι τα του της των τον την τους τις στο στη στην στον στα στις
        ένα ένας μια μία και ή αλλά δεν μη μην να θα που πως πώς ότι αν όταν
        όπου επειδή γιατί εγώ εσύ αυτός αυτή αυτό αυτοί αυτά εμείς εσείς με σε
        από για προς κατά μετά πριν χωρίς μεταξύ μέχρι ως υπό είναι ήταν έχει
        έχουν είχε πρέπει μπορεί πολύ πιο επίσης μόνο όλα όλοι άλλα κάθε μας
        σας
    """,
    "ar": """
        في من إلى على عن مع و أو لا لم لن ما هذا هذه ذلك تلك هو هي هم أنا نحن
        أنت الذي التي الذين كان كانت يكون قد أن إن كل بعض بين بعد قبل عند حتى
        غير كما أي ثم حيث
    """,
    "fa": """
        و در به از که این آن را با برای است بود شد می های هم یا اما اگر تا نیز
        بر خود ما شما او من آنها هر همه باید کرد شده نیست چه
    """,
    "ur": """
        اور کے کی کا میں ہے ہیں سے کو پر نے یہ وہ کہ اس ان نہیں تھا تھی تھے ہو
        بھی تو جو کر لیے ساتھ ایک
    """,
    "he": """
        של את על עם לא או גם כי אם זה זאת זו הוא היא הם הן אני אנחנו אתה אשר
        היה היתה היו יש אין כל בין אל מן כן רק עוד אך אבל
    """,
    "hi": """
        का के की को में से पर ने है हैं था थी थे और या लेकिन नहीं यह वह ये वे
        इस उस जो कि तो भी ही हो एक कर लिए साथ तक गया अपने
    """,
    "ne": """
        को का की मा ले बाट लाई छ छन् थियो र वा तर यो त्यो जो कि पनि हो एक गरी
        लागि साथ सम्म भएको गर्न आफ्नो
    """,
    "mr": """
        आणि आहे आहेत होता होती या ही हे तो ती ते च्या चा ची ने ला मध्ये व
        किंवा पण नाही साठी
    """,
    "zh": """
        的 了 和 是 在 有 我 他 她 它 们 这 那 与 及 也 就 都 而 或 不 着 被 把 对 从 于
    """,
    "ja": """
        の に は を が と で も へ や から まで より です ます した して いる する れる
    """,
    "ko": """
        은 는 이 가 을 를 의 에 에서 로 으로 와 과 도 및 그 저
    """,
}
# fmt: on


@cache
def stop_words(language: str) -> frozenset[str]:
    """Return a language's function words as tokens; none for a language without a list."""
    return frozenset(streams(FUNCTION_WORDS.get(language, "")).exact.split())


def is_stop(token: str, languages: Iterable[str] = ("en",)) -> bool:
    """Tell whether a token is a function word in any of these languages (ISO 639-1)."""
    return any(token in stop_words(language or "en") for language in languages)
