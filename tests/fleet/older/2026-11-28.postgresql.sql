SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
CREATE SCHEMA fleet_engine;
CREATE FUNCTION fleet_engine.enqueue_workflow(workflow_name text, queue_name text, positional_args json[] DEFAULT ARRAY[]::json[], named_args json DEFAULT '{}'::json, class_name text DEFAULT NULL::text, config_name text DEFAULT NULL::text, workflow_id text DEFAULT NULL::text, app_version text DEFAULT NULL::text, timeout_ms bigint DEFAULT NULL::bigint, deadline_epoch_ms bigint DEFAULT NULL::bigint, deduplication_id text DEFAULT NULL::text, priority integer DEFAULT NULL::integer, queue_partition_key text DEFAULT NULL::text, authenticated_user text DEFAULT NULL::text, authenticated_roles text DEFAULT NULL::text, delay_until_epoch_ms bigint DEFAULT NULL::bigint, application_name text DEFAULT NULL::text) RETURNS text
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    v_workflow_id TEXT;
    v_serialized_inputs TEXT;
    v_owner_xid TEXT;
    v_now BIGINT;
    v_recovery_attempts INT4 := 0;
    v_priority INT4;
    v_status TEXT;
BEGIN
    -- Validate required parameters
    IF workflow_name IS NULL OR workflow_name = '' THEN
        RAISE EXCEPTION 'Workflow name cannot be null or empty';
    END IF;
    IF queue_name IS NULL OR queue_name = '' THEN
        RAISE EXCEPTION 'Queue name cannot be null or empty';
    END IF;
    IF named_args IS NOT NULL AND jsonb_typeof(named_args::jsonb) != 'object' THEN
        RAISE EXCEPTION 'Named args must be a JSON object';
    END IF;
    IF workflow_id IS NOT NULL AND workflow_id = '' THEN
        RAISE EXCEPTION 'Workflow ID cannot be an empty string if provided.';
    END IF;
    IF delay_until_epoch_ms IS NOT NULL AND delay_until_epoch_ms < 0 THEN
        RAISE EXCEPTION 'delay_until_epoch_ms must be >= 0';
    END IF;
    v_workflow_id := COALESCE(workflow_id, gen_random_uuid()::TEXT);
    v_owner_xid := gen_random_uuid()::TEXT;
    v_priority := COALESCE(priority, 0);
    v_serialized_inputs := json_build_object(
        'positionalArgs', positional_args,
        'namedArgs', named_args
    )::TEXT;
    v_now := EXTRACT(epoch FROM now()) * 1000;
    v_status := CASE WHEN delay_until_epoch_ms IS NULL THEN 'ENQUEUED' ELSE 'DELAYED' END;
    INSERT INTO "fleet_engine".workflow_status (
        workflow_uuid, status,
        name, class_name, config_name,
        queue_name, deduplication_id, priority, queue_partition_key,
        application_version,
        created_at, updated_at, recovery_attempts,
        workflow_timeout_ms, workflow_deadline_epoch_ms,
        parent_workflow_id, owner_xid, serialization,
        authenticated_user, authenticated_roles,
        delay_until_epoch_ms, application_name
    ) VALUES (
        v_workflow_id, v_status,
        workflow_name, class_name, config_name,
        queue_name, deduplication_id, v_priority, queue_partition_key,
        app_version,
        v_now, v_now, v_recovery_attempts,
        timeout_ms, deadline_epoch_ms,
        NULL, v_owner_xid, 'portable_json',
        authenticated_user, authenticated_roles,
        delay_until_epoch_ms, application_name
    )
    ON CONFLICT (workflow_uuid)
    DO UPDATE SET
        updated_at = EXCLUDED.updated_at;
    INSERT INTO "fleet_engine".workflow_input (
        workflow_uuid, inputs, retention_timestamp
    ) VALUES (
        v_workflow_id, v_serialized_inputs, v_now
    )
    ON CONFLICT (workflow_uuid) DO NOTHING;
    RETURN v_workflow_id;
EXCEPTION
    WHEN unique_violation THEN
        RAISE EXCEPTION 'DBOS queue duplicated'
            USING DETAIL = format('Workflow %s with queue %s and deduplication ID %s already exists', v_workflow_id, queue_name, deduplication_id),
                ERRCODE = 'unique_violation';
END;
$$;
CREATE FUNCTION fleet_engine.send_message(destination_id text, message json, topic text DEFAULT NULL::text, message_id text DEFAULT NULL::text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    v_topic TEXT := COALESCE(topic, '__null__topic__');
    v_message_id TEXT := COALESCE(message_id, gen_random_uuid()::TEXT);
BEGIN
    INSERT INTO "fleet_engine".notifications (
        destination_uuid, topic, message, message_uuid, serialization
    ) VALUES (
        destination_id, v_topic, message, v_message_id, 'portable_json'
    )
    ON CONFLICT (message_uuid) DO NOTHING;
EXCEPTION
    WHEN foreign_key_violation THEN
        RAISE EXCEPTION 'DBOS non-existent workflow'
            USING DETAIL = format('Destination workflow %s does not exist', destination_id),
                ERRCODE = 'foreign_key_violation';
END;
$$;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE fleet_engine.application_versions (
    version_id text NOT NULL,
    version_name text NOT NULL,
    version_timestamp bigint DEFAULT ((EXTRACT(epoch FROM now()) * 1000.0))::bigint NOT NULL,
    created_at bigint DEFAULT ((EXTRACT(epoch FROM now()) * 1000.0))::bigint NOT NULL,
    application_name text
);
CREATE TABLE fleet_engine.dbos_migrations (
    version bigint NOT NULL
);
CREATE TABLE fleet_engine.event_dispatch_kv (
    service_name text NOT NULL,
    workflow_fn_name text NOT NULL,
    key text NOT NULL,
    value text,
    update_seq numeric(38,0),
    update_time numeric(38,15)
);
CREATE TABLE fleet_engine.notifications (
    message_uuid text DEFAULT gen_random_uuid() NOT NULL,
    destination_uuid text NOT NULL,
    topic text,
    message text NOT NULL,
    created_at_epoch_ms bigint DEFAULT ((EXTRACT(epoch FROM now()) * 1000.0))::bigint NOT NULL,
    serialization text,
    consumed boolean DEFAULT false NOT NULL,
    consumed_by_function_id integer
);
CREATE TABLE fleet_engine.operation_outputs (
    workflow_uuid text NOT NULL,
    function_id integer NOT NULL,
    function_name text DEFAULT ''::text NOT NULL,
    output text,
    error text,
    child_workflow_id text,
    started_at_epoch_ms bigint,
    completed_at_epoch_ms bigint,
    serialization text,
    application_name text,
    retention_timestamp bigint DEFAULT ((EXTRACT(epoch FROM now()) * 1000.0))::bigint NOT NULL
);
CREATE TABLE fleet_engine.queues (
    queue_id text DEFAULT (gen_random_uuid())::text NOT NULL,
    name text NOT NULL,
    concurrency integer,
    worker_concurrency integer,
    rate_limit_max integer,
    rate_limit_period_sec double precision,
    priority_enabled boolean DEFAULT false NOT NULL,
    partition_queue boolean DEFAULT false NOT NULL,
    polling_interval_sec double precision DEFAULT 1.0 NOT NULL,
    created_at bigint DEFAULT ((EXTRACT(epoch FROM now()) * 1000.0))::bigint NOT NULL,
    updated_at bigint DEFAULT ((EXTRACT(epoch FROM now()) * 1000.0))::bigint NOT NULL,
    application_name text,
    partition_concurrency integer,
    partition_worker_concurrency integer,
    partition_rate_limit_max integer,
    partition_rate_limit_period_sec double precision
);
CREATE TABLE fleet_engine.streams (
    workflow_uuid text NOT NULL,
    key text NOT NULL,
    value text NOT NULL,
    "offset" integer NOT NULL,
    function_id integer DEFAULT 0 NOT NULL,
    serialization text
);
CREATE TABLE fleet_engine.workflow_events (
    workflow_uuid text NOT NULL,
    key text NOT NULL,
    value text NOT NULL,
    serialization text
);
CREATE TABLE fleet_engine.workflow_events_history (
    workflow_uuid text NOT NULL,
    function_id integer NOT NULL,
    key text NOT NULL,
    value text NOT NULL,
    serialization text
);
CREATE TABLE fleet_engine.workflow_input (
    workflow_uuid text NOT NULL,
    inputs text,
    retention_timestamp bigint DEFAULT ((EXTRACT(epoch FROM now()) * 1000.0))::bigint NOT NULL
);
CREATE TABLE fleet_engine.workflow_output (
    workflow_uuid text NOT NULL,
    output text,
    error text,
    retention_timestamp bigint DEFAULT ((EXTRACT(epoch FROM now()) * 1000.0))::bigint NOT NULL
);
CREATE TABLE fleet_engine.workflow_schedules (
    schedule_id text NOT NULL,
    schedule_name text NOT NULL,
    workflow_name text NOT NULL,
    workflow_class_name text,
    schedule text NOT NULL,
    status text DEFAULT 'ACTIVE'::text NOT NULL,
    context text NOT NULL,
    last_fired_at text,
    automatic_backfill boolean DEFAULT false NOT NULL,
    cron_timezone text,
    queue_name text,
    application_name text
);
CREATE TABLE fleet_engine.workflow_status (
    workflow_uuid text NOT NULL,
    status text,
    name text,
    authenticated_user text,
    assumed_role text,
    authenticated_roles text,
    request text,
    output text,
    error text,
    executor_id text,
    created_at bigint DEFAULT ((EXTRACT(epoch FROM now()) * 1000.0))::bigint NOT NULL,
    updated_at bigint DEFAULT ((EXTRACT(epoch FROM now()) * 1000.0))::bigint NOT NULL,
    application_version text,
    application_id text,
    class_name character varying(255) DEFAULT NULL::character varying,
    config_name character varying(255) DEFAULT NULL::character varying,
    recovery_attempts bigint DEFAULT 0,
    queue_name text,
    workflow_timeout_ms bigint,
    workflow_deadline_epoch_ms bigint,
    inputs text,
    started_at_epoch_ms bigint,
    deduplication_id text,
    priority integer DEFAULT 0 NOT NULL,
    queue_partition_key text,
    forked_from text,
    owner_xid text,
    parent_workflow_id text,
    serialization text,
    delay_until_epoch_ms bigint,
    was_forked_from boolean DEFAULT false NOT NULL,
    rate_limited boolean DEFAULT false NOT NULL,
    completed_at bigint,
    attributes jsonb,
    schedule_name text,
    debounce_deadline_epoch_ms bigint,
    is_debounced boolean DEFAULT false NOT NULL,
    application_name text,
    creator_xid text
);
CREATE TABLE public.accounts (
    id integer NOT NULL,
    exchange character varying NOT NULL,
    environment character varying NOT NULL,
    uid character varying NOT NULL,
    name character varying NOT NULL,
    main_uid character varying
);
CREATE SEQUENCE public.accounts_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.accounts_id_seq OWNED BY public.accounts.id;
CREATE TABLE public.claims (
    family character varying NOT NULL,
    holder character varying NOT NULL,
    expires_at timestamp without time zone NOT NULL
);
CREATE TABLE public.dust (
    id integer NOT NULL,
    account_id integer NOT NULL,
    exchange character varying NOT NULL,
    account character varying NOT NULL,
    wallet character varying NOT NULL,
    asset character varying NOT NULL,
    kind character varying NOT NULL,
    route character varying NOT NULL,
    best_market character varying,
    network character varying,
    amount character varying NOT NULL,
    value_usd character varying,
    min_amount character varying,
    min_notional character varying,
    lot_size character varying,
    shortfall character varying,
    min_withdrawal character varying,
    withdrawal_fee character varying,
    convertible boolean,
    reason character varying NOT NULL,
    as_of timestamp without time zone NOT NULL
);
CREATE SEQUENCE public.dust_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.dust_id_seq OWNED BY public.dust.id;
CREATE TABLE public.egress_hours (
    egress character varying NOT NULL,
    hour timestamp without time zone NOT NULL,
    passes integer NOT NULL,
    limited integer NOT NULL
);
CREATE TABLE public.egresses (
    name character varying NOT NULL,
    host character varying NOT NULL,
    process integer NOT NULL,
    started_at timestamp without time zone NOT NULL,
    seen_at timestamp without time zone NOT NULL,
    ended_at timestamp without time zone
);
CREATE TABLE public.findings (
    id integer NOT NULL,
    account_id integer NOT NULL,
    rule character varying NOT NULL,
    severity character varying NOT NULL,
    area character varying NOT NULL,
    surface character varying NOT NULL,
    subject character varying NOT NULL,
    owner character varying,
    wallet character varying,
    asset character varying,
    market character varying,
    side character varying,
    amount character varying,
    value_usd character varying,
    ready_at timestamp without time zone,
    since timestamp without time zone,
    message character varying NOT NULL,
    remedy character varying NOT NULL,
    also_seen_in character varying,
    muted boolean NOT NULL,
    first_of_rule boolean NOT NULL
);
CREATE SEQUENCE public.findings_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.findings_id_seq OWNED BY public.findings.id;
CREATE TABLE public.fleet_accounts (
    id integer NOT NULL,
    name character varying NOT NULL,
    exchange character varying NOT NULL,
    environment character varying NOT NULL,
    uid character varying,
    base_url character varying,
    mark character varying,
    family character varying NOT NULL,
    egress character varying NOT NULL,
    added_at timestamp without time zone NOT NULL,
    removed_at timestamp without time zone,
    due_at timestamp without time zone,
    over boolean NOT NULL,
    asked_at timestamp without time zone,
    alarm_at timestamp without time zone,
    account_id integer,
    pass_id integer
);
CREATE SEQUENCE public.fleet_accounts_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.fleet_accounts_id_seq OWNED BY public.fleet_accounts.id;
CREATE TABLE public.fleet_news (
    subject character varying NOT NULL,
    at timestamp without time zone NOT NULL
);
CREATE TABLE public.fleet_tags (
    member_id integer NOT NULL,
    tag character varying NOT NULL
);
CREATE TABLE public.holdings (
    id integer NOT NULL,
    account_id integer NOT NULL,
    surface character varying NOT NULL,
    owner character varying,
    subject character varying NOT NULL,
    area character varying NOT NULL,
    rule character varying NOT NULL,
    severity character varying NOT NULL,
    asset character varying,
    amount character varying,
    ready_at timestamp without time zone,
    open boolean NOT NULL,
    since timestamp without time zone NOT NULL
);
CREATE SEQUENCE public.holdings_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.holdings_id_seq OWNED BY public.holdings.id;
CREATE TABLE public.passes (
    id integer NOT NULL,
    started_at timestamp without time zone NOT NULL,
    finished_at timestamp without time zone NOT NULL,
    verdict character varying NOT NULL,
    content bytea NOT NULL,
    command character varying
);
CREATE SEQUENCE public.passes_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.passes_id_seq OWNED BY public.passes.id;
CREATE TABLE public.results (
    pass_id integer NOT NULL,
    account_id integer NOT NULL,
    name character varying NOT NULL,
    verdict character varying NOT NULL,
    blockers integer NOT NULL,
    unread integer NOT NULL,
    passes integer NOT NULL,
    quiet integer NOT NULL,
    clean_since timestamp without time zone,
    complete_at timestamp without time zone,
    begun_at timestamp without time zone,
    told boolean NOT NULL,
    mark character varying
);
CREATE TABLE public.schema_version (
    version integer NOT NULL
);
CREATE TABLE public.standings (
    account_id integer NOT NULL,
    pass_id integer NOT NULL,
    name character varying NOT NULL,
    verdict character varying NOT NULL,
    blockers integer NOT NULL,
    unread integer NOT NULL,
    undated integer NOT NULL,
    finished_at timestamp without time zone NOT NULL,
    moved_at timestamp without time zone NOT NULL,
    verdict_at timestamp without time zone NOT NULL,
    cleaned_at timestamp without time zone,
    came_back_at timestamp without time zone,
    clean_since timestamp without time zone,
    complete_at timestamp without time zone,
    begun_at timestamp without time zone,
    ready_at timestamp without time zone
);
CREATE TABLE public.transitions (
    id integer NOT NULL,
    pass_id integer NOT NULL,
    account_id integer NOT NULL,
    kind character varying NOT NULL,
    surface character varying NOT NULL,
    owner character varying,
    subject character varying NOT NULL,
    area character varying NOT NULL,
    rule character varying NOT NULL,
    severity character varying NOT NULL,
    asset character varying,
    amount character varying,
    ready_at timestamp without time zone,
    before character varying,
    other_rule boolean NOT NULL
);
CREATE SEQUENCE public.transitions_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.transitions_id_seq OWNED BY public.transitions.id;
ALTER TABLE ONLY public.accounts ALTER COLUMN id SET DEFAULT nextval('public.accounts_id_seq'::regclass);
ALTER TABLE ONLY public.dust ALTER COLUMN id SET DEFAULT nextval('public.dust_id_seq'::regclass);
ALTER TABLE ONLY public.findings ALTER COLUMN id SET DEFAULT nextval('public.findings_id_seq'::regclass);
ALTER TABLE ONLY public.fleet_accounts ALTER COLUMN id SET DEFAULT nextval('public.fleet_accounts_id_seq'::regclass);
ALTER TABLE ONLY public.holdings ALTER COLUMN id SET DEFAULT nextval('public.holdings_id_seq'::regclass);
ALTER TABLE ONLY public.passes ALTER COLUMN id SET DEFAULT nextval('public.passes_id_seq'::regclass);
ALTER TABLE ONLY public.transitions ALTER COLUMN id SET DEFAULT nextval('public.transitions_id_seq'::regclass);
INSERT INTO fleet_engine.application_versions VALUES ('3244f57b-a9a6-468e-8e37-d9ac54873ab4', 'fleet-1', 1795318175383, 1795318175383, 'exchange-closure-audit');
INSERT INTO fleet_engine.dbos_migrations VALUES (125);
INSERT INTO fleet_engine.operation_outputs VALUES ('kraken/demo/?a000@20261129T032935.985197~', 1, 'look', 'gAROLg==', NULL, NULL, 1795318176996, 1795318178111, 'py_pickle', 'exchange-closure-audit', 1795318178199);
INSERT INTO fleet_engine.operation_outputs VALUES ('kraken/demo/?a001@20261129T032936.053881~', 1, 'look', 'gAROLg==', NULL, NULL, 1795318177016, 1795318178292, 'py_pickle', 'exchange-closure-audit', 1795318178293);
INSERT INTO fleet_engine.operation_outputs VALUES ('kraken/demo/?a003@20261129T032938.249225~', 1, 'look', 'gAROLg==', NULL, NULL, 1795318178381, 1795318179554, 'py_pickle', 'exchange-closure-audit', 1795318179555);
INSERT INTO fleet_engine.queues VALUES ('a81a5bba-1ed9-4685-9f40-2afb37f02791', 'fra-1', NULL, 4, NULL, NULL, true, false, 0.1, 1795318175655, 1795318175484, 'exchange-closure-audit', NULL, NULL, NULL, NULL);
INSERT INTO fleet_engine.workflow_input VALUES ('kraken/demo/?a000@20261129T032935.985197~', '{"namedArgs":{},"positionalArgs":["kraken/demo/?a000"]}', 1795318175998);
INSERT INTO fleet_engine.workflow_input VALUES ('kraken/demo/?a001@20261129T032936.053881~', '{"namedArgs":{},"positionalArgs":["kraken/demo/?a001"]}', 1795318176057);
INSERT INTO fleet_engine.workflow_input VALUES ('kraken/demo/?a002@20261129T032936.079458~', '{"namedArgs":{},"positionalArgs":["kraken/demo/?a002"]}', 1795318176095);
INSERT INTO fleet_engine.workflow_input VALUES ('kraken/demo/AA00 DEMO 000@20261129T035937.749667', '{"namedArgs":{},"positionalArgs":["kraken/demo/AA00 DEMO 000"]}', 1795318178041);
INSERT INTO fleet_engine.workflow_input VALUES ('kraken/demo/AA00 DEMO 001@20261129T092937.655254', '{"namedArgs":{},"positionalArgs":["kraken/demo/AA00 DEMO 001"]}', 1795318178271);
INSERT INTO fleet_engine.workflow_input VALUES ('kraken/demo/?a003@20261129T032938.249225~', '{"namedArgs":{},"positionalArgs":["kraken/demo/?a003"]}', 1795318178305);
INSERT INTO fleet_engine.workflow_input VALUES ('kraken/demo/AA00 DEMO 003@20261129T035938.953344', '{"namedArgs":{},"positionalArgs":["kraken/demo/AA00 DEMO 003"]}', 1795318179496);
INSERT INTO fleet_engine.workflow_output VALUES ('kraken/demo/?a000@20261129T032935.985197~', 'null', NULL, 1795318178276);
INSERT INTO fleet_engine.workflow_output VALUES ('kraken/demo/?a001@20261129T032936.053881~', 'null', NULL, 1795318178299);
INSERT INTO fleet_engine.workflow_output VALUES ('kraken/demo/?a003@20261129T032938.249225~', 'null', NULL, 1795318179576);
INSERT INTO fleet_engine.workflow_status VALUES ('kraken/demo/?a002@20261129T032936.079458~', 'PENDING', 'look', NULL, NULL, NULL, NULL, NULL, NULL, 'fra-1', 1795318176095, 1795318176708, 'fleet-1', '', NULL, NULL, 1, 'fra-1', NULL, NULL, NULL, 1795318176708, NULL, 0, NULL, NULL, '72847a5d-00c2-4a09-b6b5-33bd9019811c', NULL, 'portable_json', NULL, false, false, NULL, 'null', NULL, NULL, false, 'exchange-closure-audit', '918ac92d-5ac1-451a-b84c-2210ad3437ec');
INSERT INTO fleet_engine.workflow_status VALUES ('kraken/demo/AA00 DEMO 000@20261129T035937.749667', 'DELAYED', 'look', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1795318178041, 1795318178041, 'fleet-1', '', NULL, NULL, 0, 'fra-1', NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, 'portable_json', 1795319977749, false, false, NULL, 'null', NULL, NULL, false, 'exchange-closure-audit', '7e09b364-86a5-40ed-a6f5-e3272f630646');
INSERT INTO fleet_engine.workflow_status VALUES ('kraken/demo/AA00 DEMO 001@20261129T092937.655254', 'DELAYED', 'look', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1795318178271, 1795318178271, 'fleet-1', '', NULL, NULL, 0, 'fra-1', NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, 'portable_json', 1795339777660, false, false, NULL, 'null', NULL, NULL, false, 'exchange-closure-audit', '196f7a5c-bca2-4d98-8f7c-6a2280d1f020');
INSERT INTO fleet_engine.workflow_status VALUES ('kraken/demo/?a000@20261129T032935.985197~', 'SUCCESS', 'look', NULL, NULL, NULL, NULL, NULL, NULL, 'fra-1', 1795318175998, 1795318178276, 'fleet-1', '', NULL, NULL, 1, 'fra-1', NULL, NULL, NULL, 1795318176708, NULL, 0, NULL, NULL, NULL, NULL, 'portable_json', NULL, false, false, 1795318178276, 'null', NULL, NULL, false, 'exchange-closure-audit', 'fdc61ed8-130d-419b-8836-95ada714ce52');
INSERT INTO fleet_engine.workflow_status VALUES ('kraken/demo/?a001@20261129T032936.053881~', 'SUCCESS', 'look', NULL, NULL, NULL, NULL, NULL, NULL, 'fra-1', 1795318176057, 1795318178299, 'fleet-1', '', NULL, NULL, 1, 'fra-1', NULL, NULL, NULL, 1795318176708, NULL, 0, NULL, NULL, NULL, NULL, 'portable_json', NULL, false, false, 1795318178299, 'null', NULL, NULL, false, 'exchange-closure-audit', '62b1a317-e41f-4f0c-a46e-8e583f28b68d');
INSERT INTO fleet_engine.workflow_status VALUES ('kraken/demo/AA00 DEMO 003@20261129T035938.953344', 'DELAYED', 'look', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1795318179496, 1795318179496, 'fleet-1', '', NULL, NULL, 0, 'fra-1', NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, 'portable_json', 1795319978953, false, false, NULL, 'null', NULL, NULL, false, 'exchange-closure-audit', '0f674d1c-62ac-4261-bfcb-75136bde56cf');
INSERT INTO fleet_engine.workflow_status VALUES ('kraken/demo/?a003@20261129T032938.249225~', 'SUCCESS', 'look', NULL, NULL, NULL, NULL, NULL, NULL, 'fra-1', 1795318178305, 1795318179576, 'fleet-1', '', NULL, NULL, 1, 'fra-1', NULL, NULL, NULL, 1795318178302, NULL, 0, NULL, NULL, NULL, NULL, 'portable_json', NULL, false, false, 1795318179576, 'null', NULL, NULL, false, 'exchange-closure-audit', '2fd40fd3-2693-440a-bc5c-fd684ca1902b');
INSERT INTO public.accounts VALUES (1, 'kraken', 'demo', 'AA00 DEMO 001', 'a001', 'AA00 DEMO 001');
INSERT INTO public.accounts VALUES (2, 'kraken', 'demo', 'AA00 DEMO 000', 'a000', 'AA00 DEMO 000');
INSERT INTO public.accounts VALUES (3, 'kraken', 'demo', 'AA00 DEMO 003', 'a003', 'AA00 DEMO 003');
INSERT INTO public.claims VALUES ('kraken/demo/?a002', '16079a3eb5812abf7749c8cde3f97e60', '2026-11-22 03:31:37.215757');
INSERT INTO public.claims VALUES ('kraken/demo/?5942ce8639b48ac8a3f0f7875aae47b5', '16079a3eb5812abf7749c8cde3f97e60', '2026-11-22 03:31:37.466433');
INSERT INTO public.dust VALUES (1, 1, 'kraken', 'a001', 'spot', 'BTC', 'below_minimum', 'support', 'BTC/USD', NULL, '0.0000412300', '2.47', '0.00005', '0.5', '1E-8', '0.0000087700', NULL, NULL, NULL, '{"$said":["{first} {then}",{"first":{"$said":["{clause}.",{"clause":{"$said":["every open market asks for more",null,true]}},false]},"then":{"$said":["{clause}.",{"clause":{"$said":["check again later, since {gaps} could not be read; if nothing changes, ask support",{"gaps":{"$said":[" and ",[{"$said":["the withdrawal minimums",null,false]}],false]}},true]}},false]}},false]}', '2026-11-22 03:29:37.573912');
INSERT INTO public.dust VALUES (2, 1, 'kraken', 'a001', 'spot', 'ETH', 'below_minimum', 'support', 'ETH/USD', NULL, '0.0005000000', '1.25', '0.002', '0.5', '1E-8', '0.0015000000', NULL, NULL, NULL, '{"$said":["{first} {then}",{"first":{"$said":["{clause}.",{"clause":{"$said":["every open market asks for more",null,true]}},false]},"then":{"$said":["{clause}.",{"clause":{"$said":["check again later, since {gaps} could not be read; if nothing changes, ask support",{"gaps":{"$said":[" and ",[{"$said":["the withdrawal minimums",null,false]}],false]}},true]}},false]}},false]}', '2026-11-22 03:29:37.573912');
INSERT INTO public.dust VALUES (3, 1, 'kraken', 'a001', 'spot', 'USDT', 'below_minimum', 'support', 'USDT/USD', NULL, '0.00600000', '0.01', '5', '0.5', '1E-8', '4.99400000', NULL, NULL, NULL, '{"$said":["{first} {then}",{"first":{"$said":["{clause}.",{"clause":{"$said":["every open market asks for more",null,true]}},false]},"then":{"$said":["{clause}.",{"clause":{"$said":["leave it for last: it goes out with the next {asset} that you withdraw; if it stays, ask support",{"asset":"USDT"},true]}},false]}},false]}', '2026-11-22 03:29:37.573912');
INSERT INTO public.dust VALUES (4, 1, 'kraken', 'a001', 'spot', 'SOL.F', 'below_minimum', 'support', 'SOL/USD', NULL, '0.0100000000', '1.50', '0.02', '0.5', '1E-8', '0.0100000000', NULL, NULL, NULL, '{"$said":["{first} {then}",{"first":{"$said":["{first} {then}",{"first":{"$said":["{first} {then}",{"first":{"$said":["It is {coin} that earns rewards by itself and stays free.",{"coin":"SOL"},false]},"then":{"$said":["Switch the automatic rewards off in Kraken''s settings first, or a new balance of {coin} earns again.",{"coin":"SOL"},false]}},false]},"then":{"$said":["{clause}.",{"clause":{"$said":["every open market asks for more",null,true]}},false]}},false]},"then":{"$said":["{clause}.",{"clause":{"$said":["check again later, since {gaps} could not be read; if nothing changes, ask support",{"gaps":{"$said":[" and ",[{"$said":["the withdrawal minimums",null,false]}],false]}},true]}},false]}},false]}', '2026-11-22 03:29:37.573912');
INSERT INTO public.dust VALUES (5, 1, 'kraken', 'a001', 'spot', 'EUR', 'no_market', 'support', NULL, NULL, '0.0042', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{"$said":["{first} {then}",{"first":{"$said":["{clause}.",{"clause":{"$said":["no market trades it",null,true]}},false]},"then":{"$said":["{clause}.",{"clause":{"$said":["leave it for last: it goes out with the next {asset} that you withdraw; if it stays, ask support",{"asset":"EUR"},true]}},false]}},false]}', '2026-11-22 03:29:37.573912');
INSERT INTO public.egress_hours VALUES ('fra-1', '2026-11-22 03:00:00', 3, 0);
INSERT INTO public.egresses VALUES ('fra-1', 'vm', 22656, '2026-11-22 03:29:30.249685', '2026-11-22 03:29:40.853492', NULL);
INSERT INTO public.findings VALUES (1, 1, 'dust-below-minimum', 'blocker', 'balances', 'spot', 'XXBT', NULL, 'spot', 'BTC', NULL, NULL, '0.0000412300', '2.47', NULL, NULL, '{"$said":["{first} {then}",{"first":{"$said":["{place} holds {figure}{detail}.",{"place":{"$said":["Spot wallet",null,false]},"figure":"0.0000412300 BTC","detail":""},false]},"then":{"$said":["That is too little to sell ({market} needs {least} {asset}).",{"market":"BTC/USD","least":"0.00005","asset":"BTC"},false]}},false]}', '{"$said":["{clause}.",{"clause":{"$said":["check again later, since {gaps} could not be read; if nothing changes, ask support",{"gaps":{"$said":[" and ",[{"$said":["the withdrawal minimums",null,false]}],false]}},true]}},false]}', NULL, false, true);
INSERT INTO public.findings VALUES (2, 1, 'dust-below-minimum', 'blocker', 'balances', 'spot', 'XETH', NULL, 'spot', 'ETH', NULL, NULL, '0.0005000000', '1.25', NULL, NULL, '{"$said":["{first} {then}",{"first":{"$said":["{place} holds {figure}{detail}.",{"place":{"$said":["Spot wallet",null,false]},"figure":"0.0005000000 ETH","detail":""},false]},"then":{"$said":["That is too little to sell ({market} needs {least} {asset}).",{"market":"ETH/USD","least":"0.002","asset":"ETH"},false]}},false]}', '{"$said":["{clause}.",{"clause":{"$said":["check again later, since {gaps} could not be read; if nothing changes, ask support",{"gaps":{"$said":[" and ",[{"$said":["the withdrawal minimums",null,false]}],false]}},true]}},false]}', NULL, false, false);
INSERT INTO public.findings VALUES (3, 1, 'dust-below-minimum', 'blocker', 'balances', 'spot', 'USDT', NULL, 'spot', 'USDT', NULL, NULL, '0.00600000', '0.01', NULL, NULL, '{"$said":["{first} {then}",{"first":{"$said":["{place} holds {figure}{detail}.",{"place":{"$said":["Spot wallet",null,false]},"figure":"0.00600000 USDT","detail":""},false]},"then":{"$said":["That is very little.",null,false]}},false]}', '{"$said":["{clause}.",{"clause":{"$said":["leave it for last: it goes out with the next {asset} that you withdraw; if it stays, ask support",{"asset":"USDT"},true]}},false]}', NULL, false, false);
INSERT INTO public.findings VALUES (4, 1, 'dust-below-minimum', 'blocker', 'balances', 'spot', 'SOL.F', NULL, 'spot', 'SOL.F', NULL, NULL, '0.0100000000', '1.50', NULL, NULL, '{"$said":["{first} {then}",{"first":{"$said":["{first} {then}",{"first":{"$said":["{place} holds {figure}{detail}.",{"place":{"$said":["Spot wallet",null,false]},"figure":"0.0100000000 SOL.F","detail":""},false]},"then":{"$said":["That is too little to sell ({market} needs {least} {asset}).",{"market":"SOL/USD","least":"0.02","asset":"SOL.F"},false]}},false]},"then":{"$said":["It is {coin} that earns rewards by itself and stays free.",{"coin":"SOL"},false]}},false]}', '{"$said":["{first} {then}",{"first":{"$said":["Switch the automatic rewards off in Kraken''s settings first, or a new balance of {coin} earns again.",{"coin":"SOL"},false]},"then":{"$said":["{clause}.",{"clause":{"$said":["check again later, since {gaps} could not be read; if nothing changes, ask support",{"gaps":{"$said":[" and ",[{"$said":["the withdrawal minimums",null,false]}],false]}},true]}},false]}},false]}', NULL, false, false);
INSERT INTO public.findings VALUES (5, 1, 'no-market', 'blocker', 'balances', 'spot', 'ZEUR', NULL, 'spot', 'EUR', NULL, NULL, '0.0042', NULL, NULL, NULL, '{"$said":["{said} It cannot be traded here now.",{"said":{"$said":["{place} holds {figure}{detail}.",{"place":{"$said":["Spot wallet",null,false]},"figure":"0.0042 EUR","detail":""},false]}},false]}', '{"$said":["{clause}.",{"clause":{"$said":["leave it for last: it goes out with the next {asset} that you withdraw; if it stays, ask support",{"asset":"EUR"},true]}},false]}', NULL, false, true);
INSERT INTO public.findings VALUES (6, 1, 'hidden-value', 'info', 'balances', 'total', 'total:eb', NULL, 'spot', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '{"$said":["{assets} has no price, so the total of the {wallet} wallet could not be compared.",{"wallet":{"$said":["spot",null,false]},"assets":{"$said":[", ",["EUR"],false]}},false]}', '{"$said":["{first} {then}",{"first":{"$said":["Compare the wallet''s total in the app with this report.",null,false]},"then":{"$said":["In the app: {path}.",{"path":{"$said":["Portfolio, every tab; Earn",null,false]}},false]}},false]}', NULL, false, true);
INSERT INTO public.fleet_accounts VALUES (3, 'a002', 'kraken', 'demo', NULL, 'http://127.0.0.1:34797', NULL, 'kraken/demo/?a002', 'fra-1', '2026-11-22 03:29:28.734509', NULL, '2026-11-22 03:29:28.734509', false, NULL, '2026-11-22 03:29:36.079458', NULL, NULL);
INSERT INTO public.fleet_accounts VALUES (1, 'a000', 'kraken', 'demo', NULL, 'http://127.0.0.1:34797', '60de50b9c7b587ac5e4738b22ef461a1', 'kraken/demo/AA00 DEMO 000', 'fra-1', '2026-11-22 03:29:28.734509', NULL, '2026-11-22 03:59:37.749667', false, NULL, '2026-11-22 03:59:37.749667', 2, 2);
INSERT INTO public.fleet_accounts VALUES (2, 'a001', 'kraken', 'demo', NULL, 'http://127.0.0.1:34797', '3d35e81a549e3d8330a93d1ac2bf8daf', 'kraken/demo/AA00 DEMO 001', 'fra-1', '2026-11-22 03:29:28.734509', NULL, '2026-11-22 09:29:37.655254', false, NULL, '2026-11-22 09:29:37.655254', 1, 1);
INSERT INTO public.fleet_accounts VALUES (4, 'a003', 'kraken', 'demo', NULL, 'http://127.0.0.1:34797', '61e2dcdbcd38e1dec92ea3d71d10cabd', 'kraken/demo/AA00 DEMO 003', 'fra-1', '2026-11-22 03:29:38.167186', NULL, '2026-11-22 03:59:38.953344', false, NULL, '2026-11-22 03:59:38.953344', 3, 3);
INSERT INTO public.holdings VALUES (1, 1, 'spot', NULL, 'XXBT', 'balances', 'dust-below-minimum', 'blocker', 'BTC', '0.0000412300', NULL, true, '2026-11-22 03:29:37.655254');
INSERT INTO public.holdings VALUES (2, 1, 'spot', NULL, 'XETH', 'balances', 'dust-below-minimum', 'blocker', 'ETH', '0.0005000000', NULL, true, '2026-11-22 03:29:37.655254');
INSERT INTO public.holdings VALUES (3, 1, 'spot', NULL, 'USDT', 'balances', 'dust-below-minimum', 'blocker', 'USDT', '0.00600000', NULL, true, '2026-11-22 03:29:37.655254');
INSERT INTO public.holdings VALUES (4, 1, 'spot', NULL, 'SOL.F', 'balances', 'dust-below-minimum', 'blocker', 'SOL.F', '0.0100000000', NULL, true, '2026-11-22 03:29:37.655254');
INSERT INTO public.holdings VALUES (5, 1, 'spot', NULL, 'ZEUR', 'balances', 'no-market', 'blocker', 'EUR', '0.0042', NULL, true, '2026-11-22 03:29:37.655254');
INSERT INTO public.holdings VALUES (6, 1, 'total', NULL, 'total:eb', 'balances', 'hidden-value', 'info', NULL, '3.7800', NULL, true, '2026-11-22 03:29:37.655254');
INSERT INTO public.passes VALUES (1, '2026-11-22 03:29:37.512827', '2026-11-22 03:29:37.655254', 'blocked', '\x789ced3d6b73db38927f05a5bdaa4d6a25596fdbca2727717667c7895363cfcdd64ea55c1009593c538486202d6b5dfaefd7dd00f8d0cb9448c79ebb642a1993c4a3dfdd6834e0c7dabd08952783dab053afcdb852b5e1634d453c8c847bc3a3dab0d66975068d76bbd139bd6e75879dd361f7b8d96f774e3ac77f6bb586ad56ad5e1b7b81a726bb3a0cfafd4ebf977408c54c86114e752b0211f29d93adf4756430f6c2a9e911c4be5faf4552fa385a824cadd56c37a9b5f380e3f69afde669d2fbf6464d78a73f800f6331127d2e5a9d4ea7eb8cdb8391e05d2ec6ee6874dae66dde6d751cee8ebb9dbedbef8f4ec5b83318f4a0ab180dba2dde1b9fd696759cd5f51c9c66e44be74eb8300f771c19071190f377a067c0676a2209e1804f05b4e4ad561b9a890767c2835b7c7317f23b11e0bbe0de0b653015010ee98aa9849713a9f0a9dd396eb6e0bff6b0db3b3e3d860fb1e7c2fbb3b3568b7d3cff7cc9f4b853ee05379b3fdd7901bec616d850bac252f14e2c10c2d0bb9d10e0b53f62112e1ae338701534d54f72268246147257a4ef1c5f2ae1aebef5857b2bc2da3764377765e0c3e851188b7acd9bdd8c803aae7e5eea065e706ba8158763ee1049002020257c850710ca28c6d1232ff2f1eb6f131eb1682218346353be60aeac331eb86c0ec412cc8b9887cda15f8083232da51323598943227067d2231a7fbdbcba6647ada359e8dd832c1efd5d446733ef67b1f829184b125715fbc4bd50383274114e444bcee1a73640b8554ffaedd3c14922ba00cfb0f60be08a5223e720f996f4a3c58d582052f0254b01e45224021ec0d3764a5c2d5424a62cdfb800de7f3fd768c723df738ef4285776f09d48b776213d689fb47a25903682b31ddf2f622e54c400a370c1bc808420e97400bf2fa8ef36a411b4d1ff0852f00b54a476e30cffe87fcf6a4413e8b28a1e21fe998777b565316119f44f07dd12745333303109d546dc4749c8c909346073eefb223a8c50eff598e70f0548f5af7fbdbf4e6863a121cbdc823fbd76a74b684ea4efde90e548bee93f356390f440ab343058a4482b458fefaf3fe0d3148def86c984ef2234601c0162643934396fb45b387e147adc4f3c0a40c447483563b2b0a941df903d41f4fcfa1f5b11ed27c8144014072a8aa89e348f6866b2e740f4d7ab8f5b393a7802cd04491aa4289266c61c968327703c2983e2d5e545f3d3161cdb195c9e66a61ea928a276de2ca6b9f99e839fff3efff5976dfcec75366399e0479d0b0b2b4d9463a39e60135a7a9efdf04a0c6c7f97813dee9eb63b250d6c2310858d2c9b7bd144c6118398092d2d3dbb2187afaa0e618a08314c51cc1511f77cc5e6f82280ee180f95b2d02bf6992b0c8a1f6bffa538c684bfd77ea660f3af8a890788185ce1328b89060201609144cfea85e0685d04d773260cc2d8399bca50346b7522d6187011df80824ac62151498fcd7e3907c8cebefe5487b8cc514d1dde361d393de233afcefe1907822197de2554d2100f5928a33bef88fefdcb696f50cfbde8f47add218479cc44d8002284818180209c4d00688c5681647506411c3b336d52aa3899789704e08b84586f06f10f09d77e214ac340dec888c176c1d05186e57b2057488e940d86f815881e02868b68823243984de5bd385022360737af592234ef0cdcccc4e015312e9211d8945d6c3aff2306c2f940594b0126c70cf4993971188ac0f1802491bc25361dc6926b34a99b3575532445300fc528b5d5f0f3b0d66d1e9f6843b9db065bab6bdac39231f08c73b556f0bfb91ff30857cec542d541e7b8d52db3ae113c0c1a00a87468da8ce2e0972c37e071c8f22d0fa0380e7374961be5f0f5cdc9a07552264ecf210f6814c69d816d036330e78bf254101b177a6b66e15a3b2985f62a85441b5d0c0f1453722ac85255acff29b758026a45468018e08ac22c489b56c5848f76c457cf868f19dc9f87112ac204e0ad279eb202e868044797a37b2c9020be181fb89825465c65277f852cb8f054c410529683b422fa3ba170bda8e17b4196f8ae1845598ff8815a31dbea0052eb112ecc00875bded3cec9499900de2c32124c93678bea2544ea2c797b00a638c0a5ed5f02d193935eab04a233a9bc15c79a7d954377cac35b2f60d9ef0722fe3533c4c1b80f5ac7fd5619f7ea0a422583fad8c75953b43f9a16654db919a77cca74d06ef707a72570ce2c2cb7a3fd5bdaa82ce676a82a50ef9fb4cb849296dd8d071549e7ae08db219e8f24585c4fc13247f77a45a20026ae8cea6744e169926445e219a852a19874badd56bf045946326b11cc9325c37b78a4ad23800a1679b8ec1ec58b829610e201f4fbd22dbcc406cfcf269c220904e4ddcab4048913030ba6c617318ea187dee8e0b319c3cdb4215342e8ad0f8c1160696e76462b8b3eaa8b33602d9b6c88a6db3ab99749fa2c1e3532af9f9bfe443b907c9599d6663690ca407505a0c53af49ff07bf167a23bb8f63b9193fbf57cc7e7a4cdde3b866798defdcabd425b67b88df36f9d73d8bc5f36e28a74917670fe886524922485efdd2789dfa917dcaceceff46bfa7520914d9833860ff8d297b4698e9b0299fd38116dd8c129029ade73d903b44e59c02eae3f1401ec624f9af54ac275757951002a68b5175465a985bb4545a86576950a0276807015da8d18747b837e9938179cec5329e7afb6c9deaa7ded397794de7c4eb5260ce089b6f49a091508ea0a55d44ed3e93f394b097d4b9169b6764e72b8f2d829dafda7e628a50ac934685cdbabf314136e90ed4c81d8fec21d88682ec3bbdde2fd1bb969da6454cce1011b89648b2d38d8a11575665b699baf45702658690508c28f3cb8b1f0656d4d1ab2db21c642647ebc591911865102cba728d4d063e817ba4b28b04a4b650ae4740ca169baab7c611b2aba4d95a898112b452557a0b00d15d3a84a5cec90952203046a5e15610cb5aa98357acc4af1d9698e3294ac9e37d5ab8cb6ffbb51b9a85cfb2f9e41fb3f5e3ead31ba4d959898112bc5443bccdd98e83655626246ac5653b275395b159fda54aaf67ac46a35e5fd75a69e6a87a3a45615bb4a3d66e5f87c2e84cfe767c0e7f373284df37d11b5a156152b8e1eb3727c9e769ab655d5f854ef347ffe747efe243aa65195d8d821cb22935693f4762e85fbbd9376a93279ca61ade7bbb7e7bb36a5bb2bcd81ada51fbfc8d5097137194b202bdeb2bf36a5928c606316b88a728a3aed5088d43afd5015a537a6245e90ca040e95a785535d3c55198dedeab71095f52a786debe6d9d6c32f47722dcfa50b02e944d2380668ed4707cf6ddda83b314fde6c3865e6f89e3e93953f52b5f104989ee48fd80b059259e70fe83c96e560e33f22443c361d0133accdd3986cb32d79b1bb412a536dac37eb78b060481bf60659cf9aefebacf909fe7e86bf57f0f71f97171f990c59f31ac463e2052e9e948aa47c5bc7021baa36555318708d757a0f2f7bc8cd723303e76decb9a0f2a30540e7852e9bf130f2847ac792cd17e00aee98b8ba5220ad791ed389b09549b9ba91e3acd7e8c2b4723cf61c2a0d375e49d74f5b35222ac388588943c7d5f62132edb7219175c72d2498ea0334af177d98210ab913ed2f652bd52096145898cc23a670a31210049101fb8270e74dccbef4326640c5333c103a04caf83e8f44c87d2aba0d68ee35980a4cfd04e57448b481705491b627cd749d76463175b9da485219b5494fe20e6e1c9877605a5464b71923185a3197db8ddf04b909579108c49a5414262bee735a434f1eaa4ea059694cc90e23de51d13cc287c820201a5aaa8eac86b65457b6b7403a69f5599df91265224c2ab347c2977386431eaeb3684667a1bc0df9d4e8276eec0e5395fd7ed62a0e40568006ee3e04320530489634be477224c51b75064a83358ad806751ae4115e03159dbb3faf8d0b64034c510431a609be8a51ec1a6b28ccb9908448816499b1745127ca056a101e705055eaa0084319aa610285eb290c59dc3a0093c41dc82aeb687710ac3568744e8aa9df388ed076379203a0c5e965bada40038863b0fb643e0021c574162d00291d92e0996c221c33b28df6dc8bb6939107311dccd88392433d15da2a0b201668e0dc7ad14147554018df31bc06e008fff94bbb7d7cda7d520677913403d967000c304664232a0f4658788cf6ca4b43343e152c8c81f11490351a96ee4c53ddc20e0ce70ae9275077ac74ac84d0093755be4ea6b0b5c8f44b5cd69b5c910b96bdbccd98bf0dd53280d6b46a5666f0b16b1730fd783584f6460a1504ad0802519d5624a557fb103157af55078e47b2e105f778287de66b0f95addf5a0ddaf96c56827ac012186088fc48ccd3468e1c6c59091f53825f8c2667d04397a9a31b1e8febe48dd08a72a01310865158c7de70a0dd9c87c04afc090febbd653813c63eb0fa2a451558364e51543054607ab13664e9e9026dd57132edbbc454091f41c3d04c816e3a139035abb4e087f1460ad286ddb2d66b745ac5ccc52f84ba9e7006efc0338a3bace4930030de60a189c5f8186915651cd59c6b03eb89d53575c234e44e03d06f3830c75ed61d094865856fee39acf2551d805ba06a2225efd45bd2bfc83404edfd0013e870c2da766c40a61764d2f635675ecbb114d69a109566e77da3897edc6877dfbecbebc0ba7bc933eaa4d1e914330a1866ee6555755c3ab690be97e0e2e7a8039f7cf140f268c2537d4309803df61e84db40d9341a812dc04b0415d18c522738d73f637f610eda3e13b524fabe839c91156fa0dce5f5873afb1a7a5388f23fa0ed7417f82c6748c55faf20caa59a62b225c69cd6f56920e8ac1752e8a4acefa732ef5d2bd27d286908a879b7c97789f09e329de4e093b0430343ba2155b416423e41ee1d81ef78bfe8edcba76b1bb9d938cd4a217e82298ba43c76106c1fb9dac70fa5d9cfe2ab4519c29216b58aeb501ed3089bd29399caf65784311d24db07df110fee28dc400b625782849ebd940bbf9acc60767d883325c628f37ece5175c6d009ff2f1a5304b13489f401b9511cd1c8f6c806a37d1b4c9140f8e74c2aa36284a9f97dc3624a8530dd1569168a7b4fcc4be9c5d695f273890f42a5f3cdb0c8407cf6c82498f3f675960ea21d3f7f48ec9d0e5dd2a10fa0c9b66c0bbcd7b77841dc8f974180de86dabc639e27ca2fdaf58563d5c5bbeaae6104a030b93e000826ed07dd31a72731640b657c3b49d74e49862dca9c1e053588c032691d2be7a1b028595f500048f7e83002c5bdcac6b15fe89a025893b80ab3abe0b29c64f17e65655e6a821acf65e85c55d68fcfbc063ac286cf5571f25e70bdd204b7554f3231da9f021d5d01ce0cd783f80583675a93222bf4da3b70fcd8ad54404bcbda37ba2631bde52e8c69f3ce8550a74159ccc6140cf6349e2254b80be3458b64b3852e43336c49ee0e5cdf115cbb0a6cad60752a94e2b779841f291bbd648f8079b0ac01dfe845be0d2c6b1db134761c7adcc6a1583e6afc964dec442d729d72d78de5c9a707a8e52fe862babc352b434907846d25b0e1640a228969094c9aa21cc38ace676f1e753dc092054220b8bee08420a5e2976f095cdda446853547e6080036ab650f9564eb6e97e98a2b810a37f7dc459e528ecf6325344df4cfb9efb0c8840084df7250505a1383c1f5d0c43ddef2995a828ec67a618586102f5d79c7bc71b2d0d2aa03461a6c0e4b4cd6630dfbe6a621d35dabffbe22d819476fc46d252cfd9662891a9dc3b6820bd8eeb91f8b9b58a161e8347bc7357df7e322b3cb3a8dd1b5580d0227ec8a400bd69a7817bda9aea22be868adfdbdf556d749bf4ebd35f7cd310de377d65b987483de7632a2a8afd3fba1b5a56f13cc6a6dbbd9e9bfa0d6ee7f9fe24b68ad3910f02ab556df9fc80c88fb292d106a61b4762d0d5946bd4083efe9c65e8c89314e1ce2c3adc45d91384ad22a60171e226b0e743a7721e3443d48e7a01f84798b7565cb1dd638544f765e48995513bcbff1e5d464cfdb385f4245ec8d9707ebc80beb51723b27b3987c67ff07d3aefbbfacfbb33790ae6be81a503f11488f0ec8db32dd265126334d190c2f0218c7e4a048bfd8381442ebb3a4b2633c0951d4db16e0dd156dc8e8857f1c49acb074127860a1850bdc74996d776b4c610d6ea50211e7d91bfc0c7666b3093df956e83750e8ff6c80b0af057ceaa6da7cacd06fbd98113ce8badeac250c64c328dbb3184073ca67a3fdc31f96eca76c911d41ef327377e89ce450b7ff5e8143afc334c81b0cdd9fc7fdeb6b8b0f8c92b75c639c91797b2ce245dc7ec14b9bb3423ef15c80a54118e4e5dcd365d67b09b9bd5d75e3dda51b255d57472e6d81091d2e00d349f7cc32ea6cea4dd8a3e6cad26e65e52caa23a73300cc2509b3eccbcca389bb9ac2a3e2f66cb33ada5662f3b7ea3cd9070d1b21a141fbab32a865aef431428e9bc0f4cb51d64ae7d79d76d279c81e673c9a1805879f72edbec26863e97bb24e77092f58c447efa858634b08bfa75a98c348462bf453251a61a5698f9b74375c8fbbc4d42b46b59476dd947d5e13f1ca725be677ad50387d9386d323a1a29b0d09c83dafb6b951de7f10117305899a20a3b1723ff17127c7c7f677e600e7238fee4f370cd8781c2c7d73933919668ea324bc04a34c162bd932d97028a4507cfe845fd0e26a4bc0715f0e8cbade9cc40ba78df8aed9f2ff97c1dbda86c4b68befd1f897d282bd734585b4204de7ed758bd2133ad04e01fba1033f74a0321dd8370f54480570d04d3a70a00fe8354f4f7b3fa4ffd5ad403627205f448c0f58cc1792e43437b5cf1d6fbb6d7916aed72acd15b5a93c1db741235e32bf5646530fb2083f1ce3770b0e8ba6488c1d09e44d9264cbd99054abf32bcbbcf1d0ef52dba19f33962339cdfd2aedc513a217482be3fa576ba6e5627f2e8fb731e77690787e4316052e2ef3077899e372f579f9bf1ea8f892', NULL);
INSERT INTO public.passes VALUES (2, '2026-11-22 03:29:37.52907', '2026-11-22 03:29:37.749667', 'clean', '\x789cd55beb6fdb3812ff5708ef01d7e22447965f89fb297deded6e5f68b2d70f8b45404954ccb34cba2415c757f47fbf19529265e7255b4e91a2481a491439f39bf790fad6b9624a73293a93d0eb2ca8d69dc9b78e365419965c50d39974c2201cf9bd9e1f9e9c07fd497832e98fbbc3f0241807ff0a82491074bc4eca05d7d3fb5e180f4e46a371f582620ba90c2e75c90453f4dec5b6de8da548b99adfffc6f878d8afde305266b856c56a27e8f6ba76aef81ae7187487dd936aeecb0b3da5e170040f5216b12165411886fd38ed8d2246fb94a549149df4688ff68330a649da0f87c970189db0341c8d06f02a8b46fd800ed293ce770f574d788ccbc419a30256a1712c736100eabf006b41177a2a2d1882ce198ca381259b5dc7532a2ef1ce4cd119c35799b8e24a8a39133861c2e6126e4ea5c6ab5e38ee06f0af37e90fc627637890f304ee9f9e060179fde6fd47e2e69d532e2e6e7f34e3026fe3081c2813585ce459064fd80a2954fc726a09ef7ccd995af9692e120d43dd955c30e11b4513b6be176752b364fb6ec6924ba63a7fa32ad0448a0c66372a675e872f2e22402771d7dfdd002e2e0bb47295d2d84202040194f0142e40614d8eb31b6e327cfa654a0d315346601899d31549a447a848c812c062841bc27138bc277072c452c639c2ca120b73b290dc62fce9e3d939390a8e168a5f819e1efdcacce982ffc156bf89545a55d67966a5a7582c558274225b72097ff580c23b6d68783ceead9514e899743e03afa83372095651421fad2ed80a9982277504504a86092ae0ea6e24ce56dab039d91cdc80ef5fdf38b6f328e3f1919be5ac9cfc5ea683fb981e81898c5a305d28ceddfc7e604ba60d018ed48a706195a07a690f79bfb3efb6627acb1dedceb45e807fa8588e688662dc10320c204b9a65ccecc7e54b37e79beb367c8e06c7a3e1494b3e7dc11af34a96dc4c656e08f81d64d85e278ac253ed81a93385a6ae49c20ce599264bbc21e075f429ad80da82896a0c2bdf3affd014fdea5f9d3facc3fea726ec1aac2e6109293971442001c448d44eae4059132497c75302a16049e652b16ec7b360a5c00bfb1b10d4325716253737f9fc06283bfdf49b07be2dd65d1722bab19c1fd105f7c8efb96004a5f4a242c9513c214a9a193fb2bf7f39198cbc8d1be160d09f80ab2445940212c1950a06618c4c8168f4f8009947c01192d362cc1a95b81633ac027c90e02f17e0436804e2dbcdccfd8272bfa606772b86b3d452ee426e418ec88a093e05d01570b83253d419cbd95c5eb13d35e27607f19435c2c9aea09b1471ec408233d2d0ec5e31bdf99a037019205b2240644ac09e499c2bc544cc0112232fad98f613c939261bb75b6ae9d090e6e8bfcce66596e6098b3ad6c9e138f81b93c400b3a26dce0b37bbf6ca733481f57848bb04c7eb3fcf5e975ef03f34cba9c1dcf37ba3dc603c1886ad72034695f0815019db656b86834fead280cb09d91cb907e238cdd1e9c62cfb87cbe07810b6c911369807361af34ec0b7813358d2557b14d8adc9d20db770ee8294467fb5a6c439dda9cc124db49c33eba90e6cff6b69918ad40339012b80843516c17ae8a184f0ba9cf1c98be1758df7c711843658605f72f69017c040c328861cf7c60a01c958ba674e690571565ffc098ae01d87620129251b941e08ff58b1841b3fe3a20e7ec222538f88afec28528eda036a37c3bb6282fd3d6f18f483710bcf0b8bb954a8e0b4ba2e59fd08993aa9eeeec1294ef0b17c7fff4a2508c7c3368c2ea4e65b81b57e6b83dd3955975088d69fefc9f8a7da142d841c1e8fdb546909b3acd4584f335c75cdf6eb62445b575eccd3beed30eef7a0ae69c173adb0bc9bed2feb416d392fa73a04ebe3fef121c4ed5f6b23e35913b1433e6f24785caea1cc716f3d1d551804c3e336a9754d151e86a4ae128f80ca01d564101e8fda584824eb1ea1b82a61780997b6fd0a54419187657794af1a7a42c80730eecba471890d919f4ca9cd249090175bcb5a4ae21c44302f6211a1987ab866215d2c0836a4274433e6da87982340695eec3c1c2cfb385c9e01b56cb5a9b06e8d6edcacda6779e4d76e3f36fe163bd07c5d5bb6ec6c20ca80ba06d27297fa4fe915fb997087d03e631b7a7fb3dff1be1ab373d7fd546b663e51fe7077c925cf4b8bb96b6b016e54cf088d646e0e5cb2607b056122963e521278204cc1b73dd4e9fb540ed919d1731ecf6c57e909a16949b26d3835774da283612998594a35bb1fcd2fd61829ca5293980a12b1aa912ef656dba7a5b24e530fdbea2c8cff661270b713b82d07785cc7f0416e2f8825f69465c94fe8141a41ed9cc3a1906ee6307e1cca3fc0593442d9398d1bf9ec8f731f3f0cf2c7701d3023c098d472b51bdbd8854fb41b53982f65f6d402bacbe69b97ed0a82dd37aded718e340789940fe30c0473a1676c59ddd9f9f84e9c7177dc65f3b4ca2d476b1c015f73ae18c2e1f679ec41975283fdff318572bced6c4d01fda68ed9b058f641cb1241d7b6a05d0547c58aa06e9067a8faa4fbd223ddb7f0f31e7ecee0e7df1fdfbd865a8374cfc13c40b0090ad348f9dcc3aeabdd82d47398f086ea3abd8060e376f60b4daed17899f304dc5db402cab84ac8822ac319d43c55360ed2c2143a71ada3f526786a8fd96c2d48f5854ceb72e9c3b2324d79cc69d699d8715ec76da8977a6d112e82b83d03b40bc0b6004380dd8b3f2bfbb082513436bb6bd8567bb0840277aaa9815a082a576010d4057c2bd2bde95e77c5ab70813a5fe009bc09209365d4304533bb0b2becda37686ab0f403c8b9c35db70067b72876c4ccb9c69a51bafd8b48da7df52293c5923e17c53d7039da9475a781a9354968d909a898839ad530c16e68456358b1f02d9db18dce9e25add4c635ec30e3cc9ea240fa901924c4516bb7cb0e83addd68d85921e3f576844732893aa1aaadfa8865724970cafd6d165de842c94b45e7857d62a53f599bec8ff356b95887e2c600151d518465dd0c4438aa6e9e47c06870d30ac7a04d833ec26d40319efdbc3e4e481f5c9181fcba483c9b21768e4db5e2a050059290a43697dbe543bd400bc2132ffa9036c894924a4f2a2a12ae315d4b3c20a6ca47505498addc34ff0dc082911f1e3733bf3437e8bbfdea605e73bc8a57cb2403c029b87b5b3c0020d97c6156c0944b47f0a0ab05ae2aa7c19f7373378c54e4f6a4ce0e484edc52e8ab4a02b163876bbb82cb9e5d02657c41f064f511fefaa5d71b9ff41fd4c1fb20ad51f61e08038e915963fb07480bcdd15ff1757a46e78ca81c046f9331df2f71270ef592761038a4d31463acc4699c766c950f9534f566e3b4b1b7a8bd5785ac671b5d4fec833eafb9bf5bdaa7c0d6fcd0a2acf153d66de0faf12cbe8b461a0d04bd08127138aba87af1bb80b8d1c0f740e246fa5c5ce149df45e62254bda1bf9db0d3c5a2057a2012986082f2a8dcd3ad12d9dbb35a7e8a3319cd30398537dcb9050cc369ead968845e94024e000cb1691d794601bb2555204afc0b4f6f3e27b812e63e5095b542054ae639aa0aa60ac4956913b23e6ee2bc3a2ee662179b6b962169989a69b0cd780aba561a2dc4613ce66fade17e5d1bf861d0cc5d7cb6acbb0517700f22239be1d68e0482f1b3000716a12962656a810a0b6d74b09c6df7132aa1a1747c60df8f618d9dbc3b0268f7999e5d51a8ceb507c4add03411c9997e6eedcf1403c17a5fc1022e9d287d3b0eb0ae1774b27cb73804dd4ea45126212badaffbcc813ef67bfde72f366de06678d914d4b11f86cd9c02a6993b79559797a625a52f2584f825dac0db8c5d5b7d2cd253f7d907909df26b96f8a89b8545e0088812e24098d9b611aef57b9ead8a93d78f8496c4d8b757302ad51b90fb78feca239f149f4396ff0a7d67b2c26bb94014ff3c832cd76e325b5f52b853cf1d0f83975d218541aa8cfd76dfffbe8a7417240b009dec6e8b5d4c5dd92eaf0df055dae188b1b621b5b991423e00f73d896fba5bf6f6e1ed7999b995795aa985f808966cd2f2b807b05df46a9738b4eefc36af16a5829216ad8aba541edb08b7b5666b471d9e10c7f664e12efc4654cc6cba811ea4ac042d7be55790f8b4e80ad6eb435ca97246b5fb4b8aa693c24bf83ff3e748626b88dc89c9283776e6f20c0fb17b56d82281f42f9e1e0c4583db12bba6c5b61542dcab889962579c2d5bd9c59d95f263a90f52e57acd5064203f3b74128a0f303cb29ec4057e7a5df93b97baaca7de0393bbba2d70df7d1a09793f7e1d0476ab9c7bc73e8fd92cdadd579c87cb77f5cc2f14a0315caf8084a2ed07af634f4f62caa6647e395dd74e5587cdd48e13831918f04ccec6da452848c0b8fb6205981ed8d32936efd5651efbc17eb7023549a2b1bb0a212bae8af7b352e7a503b4885c05ce87eafad105f73110fa19d5cde17d475da50961cbab3a312e9e028e09836086f5203ec1e4d9d6a4280a577b8b38cb93832a686b5dfbdb7e975e7e3a0c57498e9f49e35f4bb88f1ffa8c82a01b7cdfbefefe7f4764cef4', NULL);
INSERT INTO public.passes VALUES (3, '2026-11-22 03:29:38.770971', '2026-11-22 03:29:38.953344', 'clean', '\x789cd55beb73db3612ff5730eacd5c3247ca1425cb96f2c979f5dae635b57bfdd0e9784012b470a20015002deb3af9df6f1720294a7e51229d719271629220b0fbdbf702fcbb77cd94e652f4a6a1d75b52ad7bd3bf7bda50655872494d6fda0b8370ec0f067e38b90886d370321d9ef64f4e82c9c9e05f41300d829ed74bb9e07af6d00b93e3e17034aa5e506c2995c1a5ae98608a3eb8d8cebbb11429578b87df188cc79b378c9419ae55b1da0bfa83be9d2bbec13946fde3fea49afbea52cf68783c8607298bd83165411886c3381d8c23468794a549144d067440874118d3241d86c7c9f17134616908cbc2ab2c1a0f033a4a27bdaf1eae9af0189789334605ac42e358e6c200d47f00d6822ef54c5a30045d301847836008c3d84d3ca3e20aefcc159d337c95896baea458308113266c21e1e64c6abc1a8427fd00fe0ea6c3d1c9e4041ee43c81fb67674140debefbf899b87917948bcbbb1fcdb9c0db380207ca0416177996c113b6460a15bf9a59c27b7fe54cadfd34178986a1ee4a2e99f08da209dbdc8b33a959b27b3763c91553bd3f511568224506b31b9533afc7979711a093b8ebaf6e001757055ab94a696c210182004a780a17a0b026c7d90d37193efd7d460d313346601859d03549a447a848c80ac062841bc27138bc277072c452c639c2ca120b73b294dc62fce5f3f905390a8e968a5f839e1efdc8ccd992ffc2d63f89545a55d67966a5a7582c558274225b7205bf0d80c27b6de83408c28d92023dd3deafc02bea8c5c815594d047eb4bb646a6e0491d01949261820ab8ba1f89f3b5366c41b60737e0fbc7778eed3cca787ce466392f277f90e9e061a6c3c1490ba60bc5b99fdf4f6cc5b421c0915a132eac12542f1d20ef0ff6dd564cefb8a3fd99d64bf00f15cb11cd508c5b4286016445b38c99c3b87cede67c77d386cfd3d1703018b7e4d317ac31af64c5cd4ce68680df4186ed75a2283cd51e983a5368ea9a24cc509e69b2c21b025e479fd20aa81d98a8c6b0f277ef1f9aa25ffda3f78b75d8ffd484dd80d5252c2125278e0824801889dac915286b82e4f278462014acc8422ad6ef7916ac1478617f02825ae6caa2e4e626bfbe03cacebefce4816f8b75df85887e2c174774c93df2732e184129bdaa5072144f899266ce8fecbf3f4c46636feb46381a0da7e02a4911a5804470a58241182333201a3d3e40e6117084e4ac18b34125aec50cab009f24f8cb25f8101a81f8f63373bfa0dcafa9c1fd8ae12cb594bb903b9023b2628a4f0174051caecd0c75c672b690d7ec408db8db413c678d70b22be826451ceb4870461a9a3d28a6777fe5005c06c89608109912b06712e74a31117380c4c82b2ba6c3447281c9c6dd965a3a34a439fa2fb37999a579caa29e7572380e7ec72431803fb7382fdcecc62b2fd00436e321ed121caf7f3b7f5b7ac1ffd02ca70673cfaf8d7283c930381d862d3c29a34af840a88cedb235c3c1277569c0e5946c8f3c00719ce6e86c6b96c3c3c8f1601076c63cb0d1987702be0d9cc18aaedba3c0ee4c966eb9850b17a434faab0d25cee9ce649668a2e582594fd5b1fd6fa4452a523b72025600096b2c82cdd0ae84f0b69cf1d98be16d8df7a711843658605f71f69817c040c328861cf7c61a01c9587a604e6905715e5ffc198ae00387620129255b9476847fac58c28d9f7151073f6191a947c437761429471d00b59be14331410bcf3b1e1fb7a9ce6031970a159c56d725ab9f215327d5dd0338c5093e97ef1fcee8209c9cb6a9c89652f39dc05abfb5c5ee82aa2b2844ebcf0f64fc4b6d8ac3791f0fc260d082f78459566aaca719aeba61fb6d31a2ad2b2fe669df76383d194e8edba414b5c2f27eb67fdf0c6acb79395517ac4fc251d081b8fd1b6d643c6f2276c8e78d048fcb359439eeade7a30aa7a3c1b08dfad754e17148ea2af104a874a72693300c86a72d608964dd231457250cafe1d2b65f812a28f2b0ec8ef275434f08f900c67d99342eb121f29319b5990412f26a67594b499c830816452c2214530fd72ca4cb25c186f49468c65cfb10730428cd8b9d87ceb28feef20ca865ab4d854d6b74eb66d53ecb23bf76fba9f1b7d881e6ebdab26567035106d4359096bbd47f46afd9f7843b84f639dbd2fbdbfd8e8fd598bdbbee675a33f385f2c7bb4b2e795e59cc5d5b0b70a37a4e682473d371c982ed15848958fa4849604798826f7bacd3f7a51cb237a2173c9edbaed23342d39264db706ae19a449d6129985949357f18cddfad315294a5263115246255235d1cacb6cf4b659da676dbea2c8cff761270bf13b82b07785ac7f049ee2e8825f68c65c977e8141a41ed9c435748377318df0ee56fe02c1aa1ec9cc6ad7cf6dbb98f6f06f953b80e9811604c6ab9daad6decc227da8d29cc97327b6a01dd65f3cdcb5605c1019bd6f638479a8344ca87710682b9d473b6aaeeec7d7c27ceb83beeb27d5ae58ea3358e80bf72ae18c2e1f679ec41975283fdff318572bceb6c4d01fdb68ed9b058f641cb1241d7b6a05d0547c59aa06e9017a8faa4ffda23fdf7f0f3117ecee1e7df9f3fbc855a83f42fc03c40b0090ad348f9d2c3aeabdd82d40b98f096ea3abd8060e376f60b4daed17895f304dc5db406cab84ac8922ac319d43c55360ed2c2143a71ada3cd26786a8fd9ec2c48f5a54ceb72c16341324d79cc69d69bda715ecf6da8977a6d112e82b83d03b40fc0b6004380dd8bdf2bfbb082513436fb6bd84e7bb0840277aaa9815a082a576010d4057c2bd2bded5ef7c5ab70813a5fe209bc29209365d4304533bb0b2becdab7686ab0f423c8b9c35d770067b728f6c4ccb9c69a51bafd8b48da7df52293c5923e17c53d7039da9475a781a9354968d909a898839ad530c16e69456358b1f02d9db18dce9e25add4c60dec30e3dc9ea240fa901924c4516bb7cbbac1d66e34ecad90f1663bc22399449d50d5567dc432b92238e5e1368b2e74a9e495a28bc23eb1d29f6e4cf6db79ab5c6c427163808a8e28c2b26906221c5537cf236034b8698563d0a6411fe136a018cfbf5f1f27a40faec8407e5d249ecd10bbc0a65a7150a8024948529bcbedf2a15ea005e18917dda50d32a5a4d2d38a8a846b4cd7120f88a9f2111415662bb7cd7f0bb060ec87a7cdcc2fcd0dfa6ebf3a98d71cafe2d532c900700aeede170f0048b6589a3530e5d2113ce86a81abca69f0e7dcdc0f2315b93da9b3079253b714faaa9240ecd8e1daaee0b2679740195f113c597d84fffc30189c4c868feae04390d628fb088401c7c8acb1fd03a485e6e8aff8263da30b46540e82b7c998ef97b813877a493b081cd2698a3156e2344e3b76ca874a9a7abb71dad85bd4deab42d68badae27f6415fd6dcdf1ded53606bd1b5286bfc94751bb87e3c8befa2914603412f8244746715552f7e1f10b71af81e48dc489f8b6b3ce9bbcc5c84aa37f4771376ba5cb6400f4402134c511e957bba5322077b56cb4f7126a3192667f0863bb78061384d3d1b8dd08b52c009802136ad232f2860b7a20a4489bfe1e9cd970457c2dc07aab256a840c9bc4055c15481b8326d4a36c74d9c57c7c55cec620bcd32240d53330db619cf40d74aa385388cc7fcad353cac6b233f0c9ab98b5f2deb6ec125dc83c8c8e6b8b5238160fc2cc08145688a58995aa0c2421b1d2c67bbfd844a68281d1fd8f76358632fef8e00da7da617d714aa73ed01716b344d4472ae5f5afb33c540b0de37b0804b274adf8e03aceb059d2cdf2d0e41b713699449c84aebebbe70a09ff883e1cb57db36703bbc6c0bead40fc3664e01d3ccbdbcaacb4bd392d2d71242fc0a6de07dc66eac3e16e9a9fbec03c84ef90d4b7cd4cdc22270044409d11166b66d846bfd9c67ebe2e4f513a12531f61d148c4af506e43e5fbcf1c817c51790e5bf41df99acf15a2e11c5dfce21cbb59bccd69714eed473c7c3e065574861902a63bfddf77fa822dd07c9024027bbbb621753d7b6cb6b037c95763862ac6d486d6ea5908fc0fd40e29bee97bd7d7a7f51666e659e566a213e82259bb43c1e006c1fbdda270e6d3abfcdab45a9a0a445aba22e95c736c25dadd9da518767c4b13d59b80fbf1115739b6ea007292b41cb5ef915243e2dba82f5fa1057aa9c51edfe8aa2e9a4f012fecffc0592d81a22776232ca8d9db93cc343ec9e15b64820fd8b679da168705b62dfb4d8b642887b153153ec9ab3552bbbb8b7527e2af541aa5caf198a0ce4678f4e42f10186473693b8c04f6f2a7fe75297cdd40760725fb705eebb4f2321efc7af83c06e9573efd8e731db45bbfb8ab3bb7c57cffd42011ac3f5064828da7ef03af6f424a66c4ae657b34ded5475d84ced3831988101cfe46cac5d8482048cbb2f5680e9913d9d62f35e5de6b19fec772b5093241abbab10b2e2aa783f2f755e3a408bc855e0dc55d78f2eb98f81d0cfa86e0eef07ea2a4d085b5ed58971f114704c180433ac07f10926cfb6264551b8da5bc4599e74aaa0ad75ed4ffb5d7af9e9305c25397e268dbfade03e7ee8330e827ef075f7faebff01348aceda', NULL);
INSERT INTO public.results VALUES (2, 2, 'a000', 'clean', 0, 0, 1, 1, '2026-11-22 03:29:37.749667', '2026-11-22 03:29:37.749667', '2026-11-22 03:29:37.749667', false, '60de50b9c7b587ac5e4738b22ef461a1');
INSERT INTO public.results VALUES (1, 1, 'a001', 'blocked', 5, 0, 1, 0, NULL, '2026-11-22 03:29:37.655254', '2026-11-22 03:29:37.655254', false, '3d35e81a549e3d8330a93d1ac2bf8daf');
INSERT INTO public.results VALUES (3, 3, 'a003', 'clean', 0, 0, 1, 1, '2026-11-22 03:29:38.953344', '2026-11-22 03:29:38.953344', '2026-11-22 03:29:38.953344', false, '61e2dcdbcd38e1dec92ea3d71d10cabd');
INSERT INTO public.schema_version VALUES (6);
INSERT INTO public.standings VALUES (1, 1, 'a001', 'blocked', 5, 0, 0, '2026-11-22 03:29:37.655254', '2026-11-22 03:29:37.655254', '2026-11-22 03:29:37.655254', NULL, NULL, NULL, '2026-11-22 03:29:37.655254', '2026-11-22 03:29:37.655254', NULL);
INSERT INTO public.standings VALUES (2, 2, 'a000', 'clean', 0, 0, 0, '2026-11-22 03:29:37.749667', '2026-11-22 03:29:37.749667', '2026-11-22 03:29:37.749667', '2026-11-22 03:29:37.749667', NULL, '2026-11-22 03:29:37.749667', '2026-11-22 03:29:37.749667', '2026-11-22 03:29:37.749667', NULL);
INSERT INTO public.standings VALUES (3, 3, 'a003', 'clean', 0, 0, 0, '2026-11-22 03:29:38.953344', '2026-11-22 03:29:38.953344', '2026-11-22 03:29:38.953344', '2026-11-22 03:29:38.953344', NULL, '2026-11-22 03:29:38.953344', '2026-11-22 03:29:38.953344', '2026-11-22 03:29:38.953344', NULL);
INSERT INTO public.transitions VALUES (1, 1, 1, 'new', 'spot', NULL, 'XXBT', 'balances', 'dust-below-minimum', 'blocker', 'BTC', '0.0000412300', NULL, NULL, false);
INSERT INTO public.transitions VALUES (2, 1, 1, 'new', 'spot', NULL, 'XETH', 'balances', 'dust-below-minimum', 'blocker', 'ETH', '0.0005000000', NULL, NULL, false);
INSERT INTO public.transitions VALUES (3, 1, 1, 'new', 'spot', NULL, 'USDT', 'balances', 'dust-below-minimum', 'blocker', 'USDT', '0.00600000', NULL, NULL, false);
INSERT INTO public.transitions VALUES (4, 1, 1, 'new', 'spot', NULL, 'SOL.F', 'balances', 'dust-below-minimum', 'blocker', 'SOL.F', '0.0100000000', NULL, NULL, false);
INSERT INTO public.transitions VALUES (5, 1, 1, 'new', 'spot', NULL, 'ZEUR', 'balances', 'no-market', 'blocker', 'EUR', '0.0042', NULL, NULL, false);
INSERT INTO public.transitions VALUES (6, 1, 1, 'new', 'total', NULL, 'total:eb', 'balances', 'hidden-value', 'info', NULL, '3.7800', NULL, NULL, false);
SELECT pg_catalog.setval('public.accounts_id_seq', 3, true);
SELECT pg_catalog.setval('public.dust_id_seq', 5, true);
SELECT pg_catalog.setval('public.findings_id_seq', 6, true);
SELECT pg_catalog.setval('public.fleet_accounts_id_seq', 4, true);
SELECT pg_catalog.setval('public.holdings_id_seq', 6, true);
SELECT pg_catalog.setval('public.passes_id_seq', 3, true);
SELECT pg_catalog.setval('public.transitions_id_seq', 6, true);
ALTER TABLE ONLY fleet_engine.application_versions
    ADD CONSTRAINT application_versions_pkey PRIMARY KEY (version_id);
ALTER TABLE ONLY fleet_engine.application_versions
    ADD CONSTRAINT application_versions_version_name_key UNIQUE (version_name);
ALTER TABLE ONLY fleet_engine.dbos_migrations
    ADD CONSTRAINT dbos_migrations_pkey PRIMARY KEY (version);
ALTER TABLE ONLY fleet_engine.event_dispatch_kv
    ADD CONSTRAINT event_dispatch_kv_pkey PRIMARY KEY (service_name, workflow_fn_name, key);
ALTER TABLE ONLY fleet_engine.notifications
    ADD CONSTRAINT notifications_pkey PRIMARY KEY (message_uuid);
ALTER TABLE ONLY fleet_engine.operation_outputs
    ADD CONSTRAINT operation_outputs_pkey PRIMARY KEY (workflow_uuid, function_id);
ALTER TABLE ONLY fleet_engine.queues
    ADD CONSTRAINT queues_name_key UNIQUE (name);
ALTER TABLE ONLY fleet_engine.queues
    ADD CONSTRAINT queues_pkey PRIMARY KEY (queue_id);
ALTER TABLE ONLY fleet_engine.streams
    ADD CONSTRAINT streams_pkey PRIMARY KEY (workflow_uuid, key, "offset");
ALTER TABLE ONLY fleet_engine.workflow_events_history
    ADD CONSTRAINT workflow_events_history_pkey PRIMARY KEY (workflow_uuid, function_id, key);
ALTER TABLE ONLY fleet_engine.workflow_events
    ADD CONSTRAINT workflow_events_pkey PRIMARY KEY (workflow_uuid, key);
ALTER TABLE ONLY fleet_engine.workflow_input
    ADD CONSTRAINT workflow_input_pkey PRIMARY KEY (workflow_uuid);
ALTER TABLE ONLY fleet_engine.workflow_output
    ADD CONSTRAINT workflow_output_pkey PRIMARY KEY (workflow_uuid);
ALTER TABLE ONLY fleet_engine.workflow_schedules
    ADD CONSTRAINT workflow_schedules_pkey PRIMARY KEY (schedule_id);
ALTER TABLE ONLY fleet_engine.workflow_schedules
    ADD CONSTRAINT workflow_schedules_schedule_name_key UNIQUE (schedule_name);
ALTER TABLE ONLY fleet_engine.workflow_status
    ADD CONSTRAINT workflow_status_pkey PRIMARY KEY (workflow_uuid);
ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_exchange_environment_uid_key UNIQUE (exchange, environment, uid);
ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims
    ADD CONSTRAINT claims_pkey PRIMARY KEY (family);
ALTER TABLE ONLY public.dust
    ADD CONSTRAINT dust_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.egress_hours
    ADD CONSTRAINT egress_hours_pkey PRIMARY KEY (egress, hour);
ALTER TABLE ONLY public.egresses
    ADD CONSTRAINT egresses_pkey PRIMARY KEY (name);
ALTER TABLE ONLY public.findings
    ADD CONSTRAINT findings_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fleet_accounts
    ADD CONSTRAINT fleet_accounts_name_key UNIQUE (name);
ALTER TABLE ONLY public.fleet_accounts
    ADD CONSTRAINT fleet_accounts_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.fleet_news
    ADD CONSTRAINT fleet_news_pkey PRIMARY KEY (subject);
ALTER TABLE ONLY public.fleet_tags
    ADD CONSTRAINT fleet_tags_pkey PRIMARY KEY (member_id, tag);
ALTER TABLE ONLY public.holdings
    ADD CONSTRAINT holdings_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.passes
    ADD CONSTRAINT passes_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.results
    ADD CONSTRAINT results_pkey PRIMARY KEY (pass_id, account_id);
ALTER TABLE ONLY public.standings
    ADD CONSTRAINT standings_pkey PRIMARY KEY (account_id);
ALTER TABLE ONLY public.transitions
    ADD CONSTRAINT transitions_pkey PRIMARY KEY (id);
CREATE INDEX idx_application_versions_owner_timestamp ON fleet_engine.application_versions USING btree (application_name, version_timestamp DESC);
CREATE INDEX idx_application_versions_timestamp ON fleet_engine.application_versions USING btree (version_timestamp DESC);
CREATE INDEX idx_operation_outputs_completed_at_function_name_v2 ON fleet_engine.operation_outputs USING btree (completed_at_epoch_ms, function_name) INCLUDE (application_name);
CREATE INDEX idx_operation_outputs_retention ON fleet_engine.operation_outputs USING btree (retention_timestamp);
CREATE INDEX idx_workflow_input_retention ON fleet_engine.workflow_input USING btree (retention_timestamp);
CREATE INDEX idx_workflow_output_retention ON fleet_engine.workflow_output USING btree (retention_timestamp);
CREATE INDEX idx_workflow_status_attributes ON fleet_engine.workflow_status USING gin (attributes) WHERE (attributes IS NOT NULL);
CREATE INDEX idx_workflow_status_completed_at ON fleet_engine.workflow_status USING btree (completed_at) WHERE (completed_at IS NOT NULL);
CREATE INDEX idx_workflow_status_deadline ON fleet_engine.workflow_status USING btree (workflow_deadline_epoch_ms) WHERE ((status = ANY (ARRAY['ENQUEUED'::text, 'PENDING'::text, 'DELAYED'::text])) AND (workflow_deadline_epoch_ms IS NOT NULL));
CREATE INDEX idx_workflow_status_delayed ON fleet_engine.workflow_status USING btree (delay_until_epoch_ms) WHERE (status = 'DELAYED'::text);
CREATE INDEX idx_workflow_status_failed ON fleet_engine.workflow_status USING btree (status, created_at) WHERE (status = ANY (ARRAY['ERROR'::text, 'CANCELLED'::text, 'MAX_RECOVERY_ATTEMPTS_EXCEEDED'::text]));
CREATE INDEX idx_workflow_status_forked_from ON fleet_engine.workflow_status USING btree (forked_from) WHERE (forked_from IS NOT NULL);
CREATE INDEX idx_workflow_status_in_flight_v2 ON fleet_engine.workflow_status USING btree (queue_name, status, priority, created_at) INCLUDE (application_name) WHERE (status = ANY (ARRAY['ENQUEUED'::text, 'PENDING'::text]));
CREATE INDEX idx_workflow_status_parent_workflow_id ON fleet_engine.workflow_status USING btree (parent_workflow_id) WHERE (parent_workflow_id IS NOT NULL);
CREATE INDEX idx_workflow_status_partition_dequeue_v3 ON fleet_engine.workflow_status USING btree (queue_name, status, queue_partition_key, priority, created_at, workflow_uuid) INCLUDE (application_name) WHERE ((status = ANY (ARRAY['ENQUEUED'::text, 'PENDING'::text])) AND (queue_partition_key IS NOT NULL));
CREATE INDEX idx_workflow_status_pending ON fleet_engine.workflow_status USING btree (created_at) WHERE (status = 'PENDING'::text);
CREATE INDEX idx_workflow_status_rate_limited ON fleet_engine.workflow_status USING btree (queue_name, started_at_epoch_ms) WHERE (rate_limited = true);
CREATE INDEX idx_workflow_status_schedule_name ON fleet_engine.workflow_status USING btree (schedule_name) WHERE (schedule_name IS NOT NULL);
CREATE INDEX idx_workflow_status_started_at ON fleet_engine.workflow_status USING btree (started_at_epoch_ms) WHERE (started_at_epoch_ms IS NOT NULL);
CREATE INDEX idx_workflow_topic ON fleet_engine.notifications USING btree (destination_uuid, topic);
CREATE UNIQUE INDEX uq_application_versions_owner_version ON fleet_engine.application_versions USING btree (application_name, version_name) WHERE (application_name IS NOT NULL);
CREATE UNIQUE INDEX uq_application_versions_unclaimed_version ON fleet_engine.application_versions USING btree (version_name) WHERE (application_name IS NULL);
CREATE UNIQUE INDEX uq_workflow_status_dedup_id ON fleet_engine.workflow_status USING btree (queue_name, deduplication_id) WHERE (deduplication_id IS NOT NULL);
CREATE INDEX workflow_status_created_at_index ON fleet_engine.workflow_status USING btree (created_at);
CREATE INDEX ix_accounts_main_uid ON public.accounts USING btree (main_uid);
CREATE INDEX ix_claims_holder ON public.claims USING btree (holder);
CREATE INDEX ix_dust_account_id ON public.dust USING btree (account_id);
CREATE INDEX ix_findings_rule ON public.findings USING btree (account_id, rule, severity, first_of_rule);
CREATE INDEX ix_fleet_accounts_account_id ON public.fleet_accounts USING btree (account_id);
CREATE INDEX ix_fleet_accounts_due ON public.fleet_accounts USING btree (egress, due_at);
CREATE INDEX ix_fleet_accounts_family ON public.fleet_accounts USING btree (family);
CREATE INDEX ix_fleet_tags_tag ON public.fleet_tags USING btree (tag);
CREATE INDEX ix_holdings_account_id ON public.holdings USING btree (account_id);
CREATE INDEX ix_passes_finished_at ON public.passes USING btree (finished_at);
CREATE INDEX ix_results_account_id ON public.results USING btree (account_id);
CREATE INDEX ix_results_name_mark ON public.results USING btree (name, mark);
CREATE INDEX ix_transitions_pass_id ON public.transitions USING btree (pass_id);
ALTER TABLE ONLY fleet_engine.notifications
    ADD CONSTRAINT notifications_destination_uuid_fkey FOREIGN KEY (destination_uuid) REFERENCES fleet_engine.workflow_status(workflow_uuid) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE ONLY fleet_engine.streams
    ADD CONSTRAINT streams_workflow_uuid_fkey FOREIGN KEY (workflow_uuid) REFERENCES fleet_engine.workflow_status(workflow_uuid) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE ONLY fleet_engine.workflow_events_history
    ADD CONSTRAINT workflow_events_history_workflow_uuid_fkey FOREIGN KEY (workflow_uuid) REFERENCES fleet_engine.workflow_status(workflow_uuid) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE ONLY fleet_engine.workflow_events
    ADD CONSTRAINT workflow_events_workflow_uuid_fkey FOREIGN KEY (workflow_uuid) REFERENCES fleet_engine.workflow_status(workflow_uuid) ON UPDATE CASCADE ON DELETE CASCADE;
ALTER TABLE ONLY public.dust
    ADD CONSTRAINT dust_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);
ALTER TABLE ONLY public.findings
    ADD CONSTRAINT findings_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);
ALTER TABLE ONLY public.fleet_accounts
    ADD CONSTRAINT fleet_accounts_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);
ALTER TABLE ONLY public.fleet_tags
    ADD CONSTRAINT fleet_tags_member_id_fkey FOREIGN KEY (member_id) REFERENCES public.fleet_accounts(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.holdings
    ADD CONSTRAINT holdings_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);
ALTER TABLE ONLY public.results
    ADD CONSTRAINT results_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);
ALTER TABLE ONLY public.results
    ADD CONSTRAINT results_pass_id_fkey FOREIGN KEY (pass_id) REFERENCES public.passes(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.standings
    ADD CONSTRAINT standings_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);
ALTER TABLE ONLY public.transitions
    ADD CONSTRAINT transitions_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);
ALTER TABLE ONLY public.transitions
    ADD CONSTRAINT transitions_pass_id_fkey FOREIGN KEY (pass_id) REFERENCES public.passes(id) ON DELETE CASCADE;
