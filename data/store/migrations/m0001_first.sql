CREATE TABLE shop (
    id INTEGER PRIMARY KEY,
    platform TEXT NOT NULL CHECK (platform IN ('taobao','tmall','pdd','jd','douyin','kuaishou','judgeme','other')),
    name TEXT NOT NULL CHECK (length(name) > 0),
    zone TEXT NOT NULL DEFAULT 'Asia/Shanghai',
    language TEXT NOT NULL DEFAULT 'zh',
    external_id TEXT,
    created_at INTEGER NOT NULL,
    UNIQUE (platform, name)
);

CREATE TABLE agent (
    id INTEGER PRIMARY KEY,
    login TEXT NOT NULL UNIQUE CHECK (length(login) > 0),
    name TEXT,
    role TEXT NOT NULL DEFAULT 'agent' CHECK (role IN ('agent','lead','admin')),
    title TEXT,
    created_at INTEGER NOT NULL
);

CREATE TABLE product (
    id INTEGER PRIMARY KEY,
    shop_id INTEGER NOT NULL REFERENCES shop (id),
    key TEXT NOT NULL,
    external_id TEXT,
    title TEXT NOT NULL,
    main_product INTEGER NOT NULL DEFAULT 0 CHECK (main_product IN (0, 1)),
    UNIQUE (shop_id, key)
);

CREATE TABLE buyer (
    id INTEGER PRIMARY KEY,
    platform TEXT NOT NULL CHECK (platform IN ('taobao','tmall','pdd','jd','douyin','kuaishou','judgeme','other')),
    key TEXT NOT NULL,
    nick TEXT NOT NULL DEFAULT '',
    level TEXT,
    do_not_contact_at INTEGER,
    refused_at INTEGER,
    preferred_channel TEXT CHECK (preferred_channel IN ('phone','chat','sms','site_message','email')),
    preferred_from INTEGER CHECK (preferred_from BETWEEN 0 AND 1440),
    preferred_until INTEGER CHECK (preferred_until BETWEEN 0 AND 1440),
    preferred_days TEXT CHECK (length(preferred_days) BETWEEN 1 AND 7),
    zone TEXT,
    UNIQUE (platform, key)
);
CREATE INDEX buyer_nick ON buyer (lower(nick));
CREATE INDEX buyer_silent ON buyer (id) WHERE do_not_contact_at IS NOT NULL;

CREATE TABLE purchase (
    id INTEGER PRIMARY KEY,
    shop_id INTEGER NOT NULL REFERENCES shop (id),
    external_id TEXT NOT NULL CHECK (length(external_id) > 0),
    external_id_reversed TEXT NOT NULL,
    buyer_id INTEGER NOT NULL REFERENCES buyer (id),
    product_id INTEGER REFERENCES product (id),
    variant TEXT,
    amount_minor INTEGER,
    currency TEXT NOT NULL DEFAULT 'CNY',
    paid_at INTEGER,
    sent_at INTEGER,
    expected_at INTEGER,
    signed_at INTEGER,
    carrier TEXT,
    tracking TEXT,
    tracking_reversed TEXT,
    status TEXT,
    batch_id INTEGER REFERENCES import_batch (id),
    UNIQUE (shop_id, external_id)
);
CREATE INDEX purchase_external ON purchase (external_id);
CREATE INDEX purchase_external_reversed ON purchase (external_id_reversed);
CREATE INDEX purchase_tracking ON purchase (tracking) WHERE tracking IS NOT NULL;
CREATE INDEX purchase_tracking_reversed ON purchase (tracking_reversed) WHERE tracking_reversed IS NOT NULL;
CREATE INDEX purchase_buyer ON purchase (buyer_id);

CREATE TABLE personal (
    id INTEGER PRIMARY KEY,
    buyer_id INTEGER NOT NULL REFERENCES buyer (id),
    purchase_id INTEGER REFERENCES purchase (id),
    kind TEXT NOT NULL CHECK (kind IN ('name','phone','address','email','chat')),
    value TEXT NOT NULL,
    extension TEXT,
    virtual INTEGER NOT NULL DEFAULT 0 CHECK (virtual IN (0, 1)),
    expires_at INTEGER,
    added_at INTEGER NOT NULL,
    batch_id INTEGER REFERENCES import_batch (id)
);
CREATE INDEX personal_buyer ON personal (buyer_id, kind);
CREATE INDEX personal_phone ON personal (value) WHERE kind = 'phone' AND virtual = 0;
CREATE INDEX personal_purchase ON personal (purchase_id) WHERE purchase_id IS NOT NULL;

CREATE TABLE import_batch (
    id INTEGER PRIMARY KEY,
    file TEXT NOT NULL,
    source TEXT NOT NULL,
    shop_id INTEGER REFERENCES shop (id),
    agent_id INTEGER REFERENCES agent (id),
    started_at INTEGER NOT NULL,
    finished_at INTEGER,
    read INTEGER NOT NULL DEFAULT 0,
    new INTEGER NOT NULL DEFAULT 0,
    changed INTEGER NOT NULL DEFAULT 0,
    same INTEGER NOT NULL DEFAULT 0,
    refused INTEGER NOT NULL DEFAULT 0,
    undone_at INTEGER,
    CHECK (finished_at IS NULL OR read = new + changed + same + refused)
);

CREATE TABLE purchase_change (
    id INTEGER PRIMARY KEY,
    purchase_id INTEGER NOT NULL REFERENCES purchase (id),
    batch_id INTEGER NOT NULL REFERENCES import_batch (id),
    before TEXT NOT NULL
);
CREATE INDEX purchase_change_purchase ON purchase_change (purchase_id, id);
CREATE INDEX purchase_change_batch ON purchase_change (batch_id);

CREATE TABLE review (
    id INTEGER PRIMARY KEY,
    shop_id INTEGER NOT NULL REFERENCES shop (id),
    external_id TEXT NOT NULL CHECK (length(external_id) > 0),
    purchase_id INTEGER REFERENCES purchase (id),
    order_external_id TEXT,
    product_id INTEGER REFERENCES product (id),
    buyer_id INTEGER NOT NULL REFERENCES buyer (id),
    grade TEXT NOT NULL CHECK (grade IN ('good','neutral','bad')),
    rating INTEGER NOT NULL CHECK (rating BETWEEN 1 AND 5),
    raw_rating TEXT NOT NULL,
    raw_scale TEXT NOT NULL,
    text TEXT NOT NULL,
    appended_text TEXT,
    appended_at INTEGER,
    reply_text TEXT,
    pictures INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    removed_at INTEGER,
    withdrawn_at INTEGER,
    batch_id INTEGER REFERENCES import_batch (id),
    UNIQUE (shop_id, external_id)
);
CREATE INDEX review_external ON review (external_id);
CREATE INDEX review_order ON review (order_external_id) WHERE order_external_id IS NOT NULL;
CREATE INDEX review_purchase ON review (purchase_id) WHERE purchase_id IS NOT NULL;
CREATE INDEX review_buyer ON review (buyer_id, created_at);
CREATE INDEX review_product ON review (product_id, created_at) WHERE product_id IS NOT NULL;
CREATE INDEX review_batch ON review (batch_id) WHERE batch_id IS NOT NULL;

CREATE TABLE revision (
    id INTEGER PRIMARY KEY,
    review_id INTEGER NOT NULL REFERENCES review (id),
    kind TEXT NOT NULL CHECK (kind IN ('revised','appended','replied','removed')),
    seen_at INTEGER NOT NULL,
    written_at INTEGER,
    grade_before TEXT CHECK (grade_before IN ('good','neutral','bad')),
    grade_after TEXT CHECK (grade_after IN ('good','neutral','bad')),
    rating_before INTEGER,
    rating_after INTEGER,
    text_before TEXT,
    text_after TEXT,
    batch_id INTEGER REFERENCES import_batch (id),
    event_id INTEGER,
    before TEXT,
    undone_at INTEGER
);
CREATE INDEX revision_review ON revision (review_id, seen_at);
CREATE INDEX revision_batch ON revision (batch_id) WHERE batch_id IS NOT NULL;

CREATE TABLE review_case (
    id INTEGER PRIMARY KEY,
    review_id INTEGER NOT NULL UNIQUE REFERENCES review (id),
    shop_id INTEGER NOT NULL REFERENCES shop (id),
    buyer_id INTEGER NOT NULL REFERENCES buyer (id),
    platform TEXT NOT NULL CHECK (platform IN ('taobao','tmall','pdd','jd','douyin','kuaishou','judgeme','other')),
    grade TEXT NOT NULL CHECK (grade IN ('good','neutral','bad')),
    state TEXT NOT NULL CHECK (state IN
        ('new','working','waiting_buyer','waiting_us','scheduled','escalated','appealed','closed')),
    result TEXT CHECK (result IN
        ('verified','kept','declined','unreachable','do_not_contact','upheld','none')),
    cause TEXT CHECK (cause IN ('Q1','Q2','Q3','Q4','Q5','Q6','X1','X2','X3','X4','V1','V2','V3','V4','V5',
        'L1','L2','L3','U1','U2','U3','M1','M2','M3','M4','M5')),
    owner_id INTEGER REFERENCES agent (id),
    lease_until INTEGER,
    open INTEGER NOT NULL CHECK (open IN (0, 1)),
    due_at INTEGER NOT NULL,
    follow_up_at INTEGER,
    promised_at INTEGER,
    contact_from INTEGER,
    attempts INTEGER NOT NULL DEFAULT 0,
    calls INTEGER NOT NULL DEFAULT 0,
    refusals INTEGER NOT NULL DEFAULT 0,
    review_questions INTEGER NOT NULL DEFAULT 0,
    settled INTEGER NOT NULL DEFAULT 0 CHECK (settled IN (0, 1)),
    opened_at INTEGER NOT NULL,
    reviewed_at INTEGER NOT NULL,
    closed_at INTEGER,
    again_at INTEGER,
    withdrawn_at INTEGER,
    clock_at INTEGER,
    last_event_id INTEGER,
    CHECK ((state = 'closed') = (open = 0)),
    CHECK ((state = 'closed') = (closed_at IS NOT NULL)),
    CHECK (state <> 'closed' OR result IS NOT NULL),
    CHECK (withdrawn_at IS NULL OR state = 'closed'),
    CHECK ((owner_id IS NULL) = (lease_until IS NULL))
);
-- Some hold more than their key, so that a typed query that reads many cases for a page need not look up each.
CREATE INDEX case_due ON review_case (due_at, id DESC, state, open) WHERE open = 1;
CREATE INDEX case_mine ON review_case (owner_id, open, due_at, id DESC) WHERE owner_id IS NOT NULL;
CREATE INDEX case_follow_up ON review_case (follow_up_at, id DESC, due_at, open)
    WHERE open = 1 AND follow_up_at IS NOT NULL;
CREATE INDEX case_mine_follow_up ON review_case (owner_id, follow_up_at)
    WHERE open = 1 AND owner_id IS NOT NULL AND follow_up_at IS NOT NULL;
CREATE INDEX case_promised ON review_case (promised_at, id DESC, due_at, open)
    WHERE open = 1 AND promised_at IS NOT NULL;
CREATE INDEX case_mine_promised ON review_case (owner_id, promised_at)
    WHERE open = 1 AND owner_id IS NOT NULL AND promised_at IS NOT NULL;
CREATE INDEX case_callable ON review_case (due_at, id DESC, contact_from)
    WHERE open = 1 AND contact_from IS NOT NULL AND state NOT IN ('escalated','appealed');
CREATE INDEX case_contact ON review_case (contact_from, due_at, id DESC)
    WHERE open = 1 AND contact_from IS NOT NULL AND state NOT IN ('escalated','appealed');
CREATE INDEX case_unowned ON review_case (due_at, id DESC) WHERE open = 1 AND owner_id IS NULL;
CREATE INDEX case_lease ON review_case (lease_until) WHERE open = 1 AND lease_until IS NOT NULL;
CREATE INDEX case_platform ON review_case (platform, open, due_at, id DESC);
CREATE INDEX case_window ON review_case (platform, reviewed_at, id, owner_id, cause) WHERE open = 1;
CREATE INDEX case_state ON review_case (state, due_at, id DESC);
CREATE INDEX case_cause ON review_case (cause, open, due_at, id DESC) WHERE cause IS NOT NULL;
CREATE INDEX case_buyer ON review_case (buyer_id);
CREATE INDEX case_clock ON review_case (clock_at) WHERE clock_at IS NOT NULL;
CREATE INDEX case_again ON review_case (again_at) WHERE open = 0 AND again_at IS NOT NULL;
CREATE INDEX case_closed ON review_case (closed_at) WHERE closed_at IS NOT NULL AND withdrawn_at IS NULL;

CREATE TABLE contact (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES review_case (id),
    buyer_id INTEGER NOT NULL REFERENCES buyer (id),
    agent_id INTEGER NOT NULL REFERENCES agent (id),
    channel TEXT NOT NULL CHECK (channel IN ('phone','chat','sms','site_message','email')),
    incoming INTEGER NOT NULL DEFAULT 0 CHECK (incoming IN (0,1)),
    personal_id INTEGER REFERENCES personal (id),
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    line TEXT CHECK (line IN ('right_party','other_person','wrong_number','no_answer','busy','off','declined',
        'hung_up','number_expired','abusive','sent','replied','no_reply')),
    standing TEXT CHECK (standing IN ('promised','callback','remedy_owed','undecided','kept_satisfied',
        'kept_unsatisfied','refused_firm','do_not_contact','escalated','unreachable_retry','write_instead',
        'unreachable','waiting_answer','in_talk','still_wrong','waiting_effect')),
    step TEXT CHECK (step IN ('callback','retry','message','evening_text','reminder','last_try','effect',
        'satisfaction','tell_result')),
    note TEXT NOT NULL DEFAULT '',
    lacks TEXT,
    lacks_why TEXT CHECK (lacks_why IN ('hung_up','no_time','not_said','later')),
    CHECK ((ended_at IS NULL) = (line IS NULL)),
    CHECK ((line IS NULL) = (standing IS NULL))
);
CREATE INDEX contact_case ON contact (case_id, started_at);
CREATE INDEX contact_buyer ON contact (buyer_id, started_at);
CREATE INDEX contact_agent ON contact (agent_id, started_at, id);
CREATE INDEX contact_started ON contact (started_at, id);
CREATE UNIQUE INDEX contact_open ON contact (agent_id) WHERE ended_at IS NULL;

CREATE TABLE message (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES review_case (id),
    buyer_id INTEGER NOT NULL REFERENCES buyer (id),
    contact_id INTEGER NOT NULL REFERENCES contact (id),
    agent_id INTEGER NOT NULL REFERENCES agent (id),
    channel TEXT NOT NULL CHECK (channel IN ('chat','sms','site_message','email')),
    template TEXT NOT NULL,
    variant INTEGER NOT NULL DEFAULT 0,
    way TEXT NOT NULL CHECK (way IN ('copied','shown','sent','failed')),
    event_id INTEGER REFERENCES event (id),
    at INTEGER NOT NULL
);
CREATE INDEX message_buyer ON message (buyer_id, at);
CREATE INDEX message_template ON message (template) WHERE way <> 'failed';

CREATE TABLE playbook_text (
    hash TEXT PRIMARY KEY,
    toml TEXT NOT NULL,
    kept_at INTEGER NOT NULL
);

CREATE TABLE call (
    id INTEGER PRIMARY KEY,
    contact_id INTEGER NOT NULL UNIQUE REFERENCES contact (id),
    playbook TEXT NOT NULL,
    version INTEGER NOT NULL,
    playbook_hash TEXT NOT NULL REFERENCES playbook_text (hash),
    state TEXT NOT NULL CHECK (state IN ('open','ended')),
    run TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER
);
CREATE INDEX call_started ON call (started_at);

CREATE TABLE call_step (
    id INTEGER PRIMARY KEY,
    call_id INTEGER NOT NULL REFERENCES call (id),
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('entered','chose','objection','back','variant','paused','resumed','marked',
        'ended')),
    node TEXT NOT NULL,
    choice TEXT,
    variant INTEGER NOT NULL DEFAULT 0,
    words INTEGER,
    UNIQUE (call_id, seq)
);

CREATE TABLE remedy (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES review_case (id),
    agent_id INTEGER NOT NULL REFERENCES agent (id),
    owner_id INTEGER REFERENCES agent (id),
    kind TEXT NOT NULL CHECK (kind IN ('agreed','refund_part','refund_whole','return','exchange','resend',
        'resend_first','freight','freight_next','voucher','price_difference','points','gift','level','tutorial',
        'carrier_complaint','apology','invoice','check')),
    entry TEXT,
    detail TEXT NOT NULL DEFAULT '',
    unit TEXT NOT NULL DEFAULT 'none' CHECK (unit IN ('money','percent','points','piece','none')),
    quantity INTEGER CHECK (quantity > 0),
    amount_minor INTEGER CHECK (amount_minor >= 0),
    cost_minor INTEGER CHECK (cost_minor >= 0),
    currency TEXT NOT NULL DEFAULT 'CNY',
    needs TEXT NOT NULL DEFAULT '',
    freight_by TEXT CHECK (freight_by IN ('shop','buyer')),
    state TEXT NOT NULL CHECK (state IN ('offered','asked','accepted','approved','issued','delivered','told',
        'declined','refused','withdrawn')),
    offered_at INTEGER NOT NULL,
    asked_at INTEGER,
    accepted_at INTEGER,
    decided_by INTEGER REFERENCES agent (id),
    decided_at INTEGER,
    due_at INTEGER,
    issued_at INTEGER,
    delivered_at INTEGER,
    told_at INTEGER,
    tracking TEXT
);
CREATE INDEX remedy_case ON remedy (case_id);
CREATE INDEX remedy_due ON remedy (due_at, id) WHERE state IN ('accepted','approved','issued');
CREATE INDEX remedy_mine_due ON remedy (owner_id, due_at, id)
    WHERE state IN ('accepted','approved','issued') AND owner_id IS NOT NULL;
CREATE INDEX remedy_asked ON remedy (asked_at, id) WHERE state = 'asked';
CREATE INDEX remedy_offered ON remedy (offered_at, id);
CREATE INDEX remedy_mine_offered ON remedy (owner_id, offered_at, id) WHERE owner_id IS NOT NULL;
CREATE INDEX remedy_agreed ON remedy (accepted_at) WHERE accepted_at IS NOT NULL;

CREATE TABLE promise (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES review_case (id),
    contact_id INTEGER REFERENCES contact (id),
    by_whom TEXT NOT NULL CHECK (by_whom IN ('buyer','us')),
    kind TEXT NOT NULL CHECK (kind IN ('revise','append','answer','remedy','check','callback')),
    state TEXT NOT NULL CHECK (state IN ('open','kept','missed','withdrawn')),
    made_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    settled_at INTEGER
);
CREATE INDEX promise_case ON promise (case_id);
CREATE INDEX promise_due ON promise (due_at) WHERE state = 'open';
CREATE INDEX promise_ours ON promise (due_at) WHERE state = 'open' AND by_whom = 'us';

CREATE TABLE follow_up (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES review_case (id),
    kind TEXT NOT NULL CHECK (kind IN ('callback','retry','message','reminder','check_promise',
        'deliver_remedy','satisfaction','snoozed','public_reply','evening_text','last_try','effect','tell_result')),
    channel TEXT CHECK (channel IN ('phone','chat','sms','site_message','email')),
    device TEXT CHECK (device IN ('phone','computer')),
    rung INTEGER CHECK (rung BETWEEN 1 AND 4),
    until INTEGER,
    state TEXT NOT NULL CHECK (state IN ('open','done','dropped')),
    due_at INTEGER NOT NULL,
    set_at INTEGER NOT NULL,
    settled_at INTEGER
);
CREATE INDEX follow_up_case ON follow_up (case_id) WHERE state = 'open';
CREATE INDEX follow_up_due ON follow_up (due_at) WHERE state = 'open';
CREATE INDEX follow_up_lapses ON follow_up (until) WHERE state = 'open' AND until IS NOT NULL;

CREATE TABLE reply (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES review_case (id),
    review_id INTEGER NOT NULL REFERENCES review (id),
    revision_id INTEGER REFERENCES revision (id),
    phase TEXT NOT NULL CHECK (phase IN ('review','append')),
    state TEXT NOT NULL CHECK (state IN ('draft','proposed','approved','sent')),
    text TEXT NOT NULL,
    template TEXT,
    author_id INTEGER NOT NULL REFERENCES agent (id),
    written_at INTEGER NOT NULL,
    proposed_at INTEGER,
    approver_id INTEGER REFERENCES agent (id),
    decided_at INTEGER,
    remark TEXT,
    sender_id INTEGER REFERENCES agent (id),
    sent_at INTEGER,
    CHECK ((state = 'sent') = (sent_at IS NOT NULL)),
    CHECK ((sender_id IS NULL) = (sent_at IS NULL)),
    CHECK (state <> 'approved' OR (approver_id IS NOT NULL AND approver_id <> author_id))
);
CREATE INDEX reply_case ON reply (case_id);
CREATE UNIQUE INDEX reply_unsent ON reply (case_id) WHERE sent_at IS NULL;
CREATE INDEX reply_proposed ON reply (proposed_at, id) WHERE state = 'proposed';
CREATE INDEX reply_approved ON reply (decided_at, id) WHERE state = 'approved';
CREATE INDEX reply_sent ON reply (sent_at, id) WHERE sent_at IS NOT NULL;

CREATE TRIGGER reply_that_was_sent_is_never_changed BEFORE UPDATE ON reply
WHEN OLD.sent_at IS NOT NULL AND (NEW.text <> '' OR NEW.state <> OLD.state OR NEW.sent_at IS NOT OLD.sent_at
    OR NEW.case_id <> OLD.case_id OR NEW.review_id <> OLD.review_id OR NEW.sender_id IS NOT OLD.sender_id)
BEGIN
    SELECT RAISE(ABORT, 'a reply that was sent is never changed');
END;
CREATE TRIGGER reply_that_was_sent_is_never_deleted BEFORE DELETE ON reply
WHEN OLD.sent_at IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'a reply that was sent is never deleted');
END;

CREATE TABLE task (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES review_case (id),
    product_id INTEGER REFERENCES product (id),
    remedy_id INTEGER REFERENCES remedy (id),
    kind TEXT NOT NULL CHECK (kind IN ('carrier_complaint','service_check','evidence_pack','batch_check','invoice')),
    state TEXT NOT NULL CHECK (state IN ('open','done','dropped')),
    result TEXT CHECK (result IN ('confirmed','partly','not_confirmed','done','impossible')),
    owner_id INTEGER REFERENCES agent (id),
    created_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    settled_at INTEGER,
    tells INTEGER NOT NULL CHECK (tells IN (0, 1)),
    told_at INTEGER,
    CHECK ((state = 'done') = (result IS NOT NULL)),
    CHECK ((state = 'open') = (settled_at IS NULL)),
    CHECK (told_at IS NULL OR state = 'done')
);
CREATE INDEX task_case ON task (case_id);
CREATE UNIQUE INDEX task_open ON task (case_id, kind) WHERE state = 'open';
CREATE INDEX task_due ON task (due_at, id) WHERE state = 'open';
CREATE INDEX task_mine ON task (owner_id, due_at, id) WHERE state = 'open' AND owner_id IS NOT NULL;
CREATE INDEX task_to_tell ON task (settled_at, id) WHERE state = 'done' AND tells = 1 AND told_at IS NULL;

CREATE TABLE document (
    id INTEGER PRIMARY KEY,
    product_id INTEGER NOT NULL REFERENCES product (id),
    name TEXT NOT NULL CHECK (length(name) > 0),
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    bytes INTEGER NOT NULL,
    agent_id INTEGER NOT NULL REFERENCES agent (id),
    added_at INTEGER NOT NULL,
    UNIQUE (product_id, sha256)
);

CREATE TABLE note (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES review_case (id),
    agent_id INTEGER NOT NULL REFERENCES agent (id),
    at INTEGER NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX note_case ON note (case_id, at);

CREATE TABLE draft (
    agent_id INTEGER NOT NULL REFERENCES agent (id),
    kind TEXT NOT NULL CHECK (kind IN ('call_note','case_note','outcome','search','review','phone','reply_remark','message')),
    subject_id INTEGER NOT NULL,
    text TEXT NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (agent_id, kind, subject_id)
) WITHOUT ROWID;

CREATE TABLE saved_view (
    id INTEGER PRIMARY KEY,
    agent_id INTEGER NOT NULL REFERENCES agent (id),
    name TEXT NOT NULL CHECK (length(name) > 0),
    query TEXT NOT NULL CHECK (length(query) > 0),
    saved_at INTEGER NOT NULL,
    UNIQUE (agent_id, name)
);

CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('case_opened','assigned','claimed','released','returned','handed_over',
        'contact_started','call_stepped','objection_raised','review_question_asked','outcome_recorded','refused','refusal_corrected',
        'do_not_contact_set','do_not_contact_lifted','remedy_proposed','remedy_accepted','remedy_declined',
        'remedy_asked','remedy_approved','remedy_refused','remedy_waived','remedy_issued','remedy_delivered',
        'remedy_told','promised','promise_kept','promise_missed','clock_broken','follow_up_set','follow_up_done','follow_up_dropped','snoozed',
        'escalated','taken_over','appealed','appeal_decided','closed','reopened','cause_set','noted',
        'preference_set','revealed','personal_added','revision_observed','rule_overridden','imported',
        'agent_set','reply_proposed','reply_approved','reply_sent_back','reply_taken_back','reply_sent',
        'task_created','task_settled','task_told','task_dropped','document_added','message_written','guide_stuck','dialled','undone')),
    agent_id INTEGER REFERENCES agent (id),
    case_id INTEGER REFERENCES review_case (id),
    contact_id INTEGER REFERENCES contact (id),
    subject_id INTEGER,
    code TEXT,
    number INTEGER,
    from_state TEXT CHECK (from_state IN
        ('new','working','waiting_buyer','waiting_us','scheduled','escalated','appealed','closed')),
    to_state TEXT CHECK (to_state IN
        ('new','working','waiting_buyer','waiting_us','scheduled','escalated','appealed','closed')),
    before TEXT,
    undoes INTEGER REFERENCES event (id),
    act_id INTEGER REFERENCES event (id),
    text_hash TEXT,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL
);
CREATE INDEX event_case ON event (case_id, id) WHERE case_id IS NOT NULL;
CREATE INDEX event_agent ON event (agent_id, id) WHERE agent_id IS NOT NULL AND act_id IS NULL;
CREATE INDEX event_act ON event (act_id) WHERE act_id IS NOT NULL;
CREATE INDEX event_contact ON event (contact_id) WHERE contact_id IS NOT NULL;

CREATE TRIGGER event_is_never_replaced BEFORE INSERT ON event
WHEN EXISTS (SELECT 1 FROM event WHERE id = NEW.id)
BEGIN
    SELECT RAISE(ABORT, 'an event is never replaced');
END;
CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN
    SELECT RAISE(ABORT, 'an event is never changed');
END;
CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
BEGIN
    SELECT RAISE(ABORT, 'an event is never deleted');
END;

CREATE TABLE event_text (
    event_id INTEGER PRIMARY KEY REFERENCES event (id),
    salt TEXT NOT NULL,
    text TEXT NOT NULL
);

CREATE VIRTUAL TABLE review_search USING fts5 (grams, content = '', detail = none, columnsize = 0,
    tokenize = 'unicode61 remove_diacritics 0');
CREATE TABLE search_progress (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    indexed_through INTEGER NOT NULL
);
INSERT INTO search_progress (id, indexed_through) VALUES (1, 0);
