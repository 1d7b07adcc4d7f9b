"""The words tables use in the six languages of the United Nations: column headers, kinds, yes and no, totals, months.

All as `cells.folded` leaves them: lower case, without accents. Data only.
"""

import unicodedata
from typing import Final


def _fold(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def _words(text: str) -> tuple[str, ...]:
    return tuple(_fold(" ".join(part.split())) for part in text.split("|"))


HEADERS: Final[dict[str, tuple[str, ...]]] = {
    field: _words(text)
    for field, text in {
        "name": "name|full name|fullname|display name|person|member|member name|author|author name|sender|from|user|"
        "participant|posted by|sender name|user name|attendee|attendee name|participant name|"
        "nom|nom complet|nom et prénom|membre|auteur|expéditeur|participant e|utilisateur|"
        "nombre|nombre completo|nombre y apellidos|miembro|autor|autora|remitente|participante|usuario|"
        "الاسم|اسم|الاسم الكامل|العضو|الكاتب|المؤلف|المرسل|المشارك|المستخدم|"
        "имя|фио|ф и о|полное имя|фамилия имя|участник|автор|отправитель|пользователь|"
        "姓名|名字|名称|全名|成员|作者|发件人|参与者|用户|用户名|参加者",
        "given": "first name|firstname|given name|given names|forename|prénom|prénoms|nombre de pila|primer nombre|"
        "الاسم الأول|имя участника|名",
        "family": "last name|lastname|surname|family name|nom de famille|apellido|apellidos|اسم العائلة|اللقب|الكنية|"
        "фамилия|姓|姓氏",
        "address": "email|e mail|email address|e mail address|mail|handle|user id|userid|login|username|address|"
        "user email|sender email|author email|"
        "courriel|adresse électronique|adresse e mail|adresse mail|adresse courriel|mél|identifiant|"
        "correo|correo electrónico|dirección de correo|dirección de correo electrónico|"
        "البريد الإلكتروني|البريد الالكتروني|بريد إلكتروني|عنوان البريد|عنوان البريد الإلكتروني|"
        "электронная почта|эл почта|почта|адрес электронной почты|адрес эл почты|"
        "电子邮件|电子邮箱|邮箱|邮件|邮件地址|电邮",
        "community": "community|group|group name|list|network|channel|space|communauté|groupe|réseau|liste|"
        "comunidad|grupo|red|lista|المجتمع|المجموعة|الشبكة|القائمة|сообщество|группа|сеть|рассылка|社区|群组|小组|网络",
        "joined": "joined|joined at|joined on|join date|date joined|member since|since|registered|registration date|"
        "subscribed|start date|date of joining|inscription|date d inscription|inscrit le|membre depuis|"
        "date d adhésion|"
        "adhésion|date d entrée|fecha de ingreso|fecha de alta|ingreso|alta|miembro desde|fecha de inscripción|"
        "fecha de registro|تاريخ الانضمام|انضم في|عضو منذ|تاريخ التسجيل|дата вступления|вступил|присоединился|"
        "участник с|"
        "дата регистрации|дата присоединения|加入日期|加入时间|注册日期|注册时间|入会日期",
        "left": "left|left at|left on|leave date|date left|end date|unsubscribed|départ|date de départ|"
        "date de sortie|"
        "parti le|désinscription|fecha de baja|fecha de salida|baja|salida|تاريخ المغادرة|تاريخ الخروج|غادر في|"
        "дата выхода|вышел|дата ухода|离开日期|退出日期|离开时间|退出时间",
        "role": "role|position|title|job title|function|member type|rôle|fonction|poste|titre|rol|cargo|"
        "función|puesto|"
        "الدور|المنصب|الوظيفة|المسمى الوظيفي|роль|должность|функция|角色|职务|职位|职称",
        "office": "office|country office|country|duty station|location|unit|department|section|"
        "bureau|pays|bureau de pays|lieu d affectation|lieu|unité|département|service|"
        "oficina|oficina de país|país|lugar de destino|unidad|departamento|"
        "المكتب|المكتب القطري|البلد|الدولة|مكان العمل|القسم|офис|страна|страновой офис|место службы|отдел|"
        "подразделение|办事处|国家|国别|办公室|部门|工作地点",
        "organisation": "organization|organisation|agency|company|employer|institution|affiliation|partner|"
        "organization name|organisation name|"
        "organisme|entreprise|employeur|établissement|organización|organismo|empresa|institución|entidad|"
        "المنظمة|المؤسسة|الشركة|جهة العمل|организация|учреждение|компания|место работы|机构|单位|组织|公司|工作单位",
        "region": "region|regional office|area|continent|région|bureau régional|zone|región|oficina regional|zona|"
        "المنطقة|الإقليم|المكتب الإقليمي|регион|область|региональный офис|地区|区域|大区",
        "languages": "language|languages|preferred language|langue|langues|langue préférée|idioma|idiomas|lengua|"
        "اللغة|اللغات|язык|языки|语言|语种",
        "time_zone": "time zone|timezone|tz|utc offset|fuseau horaire|fuseau|zona horaria|huso horario|"
        "المنطقة الزمنية|часовой пояс|时区",
        "level": "level|grade|job level|job grade|grade level|staff level|pay grade|seniority|niveau|"
        "niveau hiérarchique|nivel|grado|nivel jerárquico|المستوى|الدرجة|الدرجة الوظيفية|"
        "уровень|разряд|категория должности|级别|职级|等级",
        "date": "date|date and time|datetime|timestamp|sent|sent at|created|created at|posted|posted at|posted on|"
        "ts|ts utc|when|day|event date|session date|meeting date|created on|at|date et heure|envoyé le|créé le|"
        "publié le|date de publication|date de l événement|date de la réunion|jour|fecha|fecha y hora|enviado|"
        "fecha de envío|fecha de publicación|creado|publicado|fecha del evento|día|التاريخ|تاريخ|التاريخ والوقت|"
        "تاريخ الإرسال|تاريخ النشر|تاريخ الفعالية|تاريخ الحدث|اليوم|дата|дата и время|отправлено|создано|"
        "опубликовано|дата публикации|дата отправки|дата мероприятия|日期|日期时间|发送时间|发布时间|创建时间|"
        "活动日期|会议日期",
        "time": "time|start time|hour|heure|hora|الوقت|الساعة|время|时间",
        "text": "text|body|message|content|post|comment|message text|message body|texte|corps|contenu|commentaire|"
        "texto|mensaje|contenido|cuerpo|comentario|النص|نص|الرسالة|المحتوى|التعليق|текст|сообщение|содержание|"
        "комментарий|"
        "текст сообщения|正文|内容|消息|信息|文本|留言|评论",
        "subject": "subject|title|titre|topic|headline|thread title|post title|topic title|discussion title|"
        "objet|sujet|thème|"
        "asunto|tema|título|الموضوع|موضوع|العنوان|тема|заголовок|тема сообщения|主题|标题|话题",
        "thread": "thread|thread id|conversation|conversation id|discussion|discussion id|topic id|root id|fil|"
        "fil de discussion|id du fil|hilo|id del hilo|conversación|discusión|المحادثة|سلسلة|رقم المحادثة|النقاش|"
        "ветка|обсуждение|беседа|id ветки|会话|讨论|线索|话题编号|会话编号",
        "reply_to": "reply to|in reply to|parent|parent id|replied to|replied to id|in reply to id|reply to id|"
        "en réponse à|réponse à|message parent|en respuesta a|respuesta a|mensaje padre|رد على|ردا على|в ответ на|"
        "ответ на|родитель|回复|回复给|回复对象|上级",
        "id": "id|message id|post id|identifier|event id|identificateur|id du message|"
        "identificador|id del mensaje|المعرف|معرف|رقم الرسالة|идентификатор|id сообщения|"
        "标识|消息编号",
        "kind": "kind|type|event type|action|activity|activity type|type d événement|activité|tipo|acción|actividad|"
        "tipo de evento|النوع|نوع|الإجراء|النشاط|نوع الحدث|тип|вид|действие|тип события|активность|"
        "类型|种类|动作|操作|事件类型|行为",
        "event": "event|title|titre|título|العنوان|название|标题|event title|event name|session|session title|"
        "meeting|webinar|training|workshop|activity title|"
        "événement|titre de l événement|nom de l événement|réunion|webinaire|formation|atelier|evento|"
        "título del evento|nombre del evento|reunión|seminario web|sesión|taller|capacitación|"
        "الفعالية|الحدث|عنوان الفعالية|اسم الفعالية|الاجتماع|الندوة|الدورة|ورشة العمل|мероприятие|событие|"
        "название мероприятия|встреча|вебинар|тренинг|семинар|活动|活动名称|会议|会议名称|培训|研讨会|事件",
        "attended": "attended|status|statut|estado|الحالة|статус|状态|attendance|present|participated|showed up|"
        "checked in|présent|présence|a participé|"
        "participation|asistió|asistencia|presente|participó|حضر|الحضور|حاضر|شارك|присутствовал|присутствие|"
        "посещение|"
        "участие|явка|出席|是否出席|参加|是否参加|签到|到场",
    }.items()
}

KINDS: Final[dict[str, str]] = {
    word: kind
    for kind, text in {
        "join": "join|joined|subscribed|adhésion|rejoint|inscription|ingreso|se unió|alta|انضمام|انضم|вступление|"
        "вступил|присоединился|加入",
        "leave": "leave|left|unsubscribed|départ|a quitté|salida|baja|salió|مغادرة|غادر|выход|вышел|离开|退出",
        "post": "post|posted|message|topic|question|publication|sujet|publicación|mensaje|tema|منشور|رسالة|موضوع|"
        "сообщение|пост|тема|публикация|帖子|发帖|消息|发布",
        "reply": "reply|replied|comment|answer|réponse|commentaire|respuesta|comentario|رد|تعليق|ответ|комментарий|"
        "回复|评论|答复",
        "reaction": "reaction|like|liked|upvote|réaction|j aime|"
        "reacción|me gusta|تفاعل|إعجاب|реакция|лайк|点赞|赞|喜欢",
        "mention": "mention|mentioned|mención|إشارة|ذكر|упоминание|提及|提到",
        "share": "share|shared|repost|partage|compartido|compartir|مشاركة|репост|поделился|分享|转发",
        "file": "file|upload|uploaded|document|attachment|fichier|téléversement|archivo|documento|ملف|مستند|файл|"
        "документ|文件|上传|附件",
        "attend": "attend|attended|attendance|present|participation|présence|a participé|asistencia|asistió|حضور|حضر|"
        "участие|присутствие|посещение|出席|参加",
        "view": "view|viewed|visit|read|vue|consultation|visita|vista|مشاهدة|زيارة|просмотр|посетил|浏览|查看|访问",
    }.items()
    for word in _words(text)
}

YES: Final = frozenset(
    _words(
        "yes|y|x|true|1|✓|✔|☑|present|attended|oui|o|vrai|présent|présente|sí|s|verdadero|presente|asistió|"
        "نعم|حاضر|حضر|да|присутствовал|присутствовала|был|была|+|是|出席|已出席|参加|已参加|√"
    )
)
NO: Final = frozenset(
    _words(
        "no|n|false|0|-|–|—|✗|✘|☐|absent|did not attend|registered|non|faux|absente|excusé|ausente|falso|no asistió|"
        "لا|غائب|لم يحضر|нет|отсутствовал|отсутствовала|не был|否|缺席|未出席|未参加|没有"
    )
)

BLANK: Final = frozenset(_words("-|–|—|n/a|na|#n/a|none|null|nil|?|.|s/o|s/d|нет данных|н/д|无|غير متوفر"))
"""What stands in a cell where nothing is known."""

TOTALS: Final = frozenset(
    _words(
        "total|totals|grand total|subtotal|sub total|sum|count|total général|totaux|somme|sous total|suma|totales|"
        "total general|المجموع|الإجمالي|المجموع الكلي|مجموع|итого|всего|сумма|итог|合计|总计|小计|总数|共计"
    )
)

_MONTH_NAMES: Final = (
    "january|jan|janvier|janv|enero|ene|يناير|كانون الثاني|января|январь|янв",
    "february|feb|février|févr|fév|febrero|فبراير|شباط|февраля|февраль|фев|февр",
    "march|mar|mars|marzo|مارس|آذار|марта|март|мар",
    "april|apr|avril|avr|abril|abr|أبريل|ابريل|نيسان|апреля|апрель|апр",
    "may|mai|mayo|مايو|أيار|мая|май",
    "june|jun|juin|junio|يونيو|يونيه|حزيران|июня|июнь|июн",
    "july|jul|juillet|juil|julio|يوليو|يوليه|تموز|июля|июль|июл",
    "august|aug|août|agosto|ago|أغسطس|اغسطس|آب|августа|август|авг",
    "september|sep|sept|septembre|septiembre|سبتمبر|أيلول|сентября|сентябрь|сен|сент",
    "october|oct|octobre|octubre|أكتوبر|اكتوبر|تشرين الأول|октября|октябрь|окт",
    "november|nov|novembre|noviembre|نوفمبر|تشرين الثاني|ноября|ноябрь|ноя|нояб",
    "december|dec|décembre|déc|diciembre|dic|ديسمبر|كانون الأول|декабря|декабрь|дек",
)
MONTHS: Final[dict[str, int]] = {
    word: month for month, text in enumerate(_MONTH_NAMES, start=1) for word in _words(text)
}
