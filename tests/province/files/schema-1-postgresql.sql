CREATE TABLE public.agencies (
    id text NOT NULL,
    data text NOT NULL
);
CREATE TABLE public.certificates (
    desk uuid NOT NULL,
    epoch bigint NOT NULL,
    number bigint NOT NULL,
    key text NOT NULL,
    seal text NOT NULL,
    not_after timestamp without time zone NOT NULL,
    statement text NOT NULL
);
CREATE TABLE public.claims (
    code text NOT NULL,
    dossier uuid NOT NULL
);
CREATE TABLE public.counters (
    name text NOT NULL,
    n bigint NOT NULL
);
CREATE TABLE public.desks (
    id uuid NOT NULL,
    agency text NOT NULL,
    enrolled_at timestamp without time zone NOT NULL,
    revoked_at timestamp without time zone,
    last_contact timestamp without time zone,
    software text NOT NULL,
    unsent bigint NOT NULL
);
CREATE TABLE public.documents (
    kind text NOT NULL,
    version text NOT NULL,
    statement text NOT NULL,
    published_at timestamp without time zone NOT NULL
);
CREATE TABLE public.dossiers (
    id uuid NOT NULL,
    desk uuid NOT NULL,
    epoch bigint NOT NULL,
    seq bigint NOT NULL,
    code text NOT NULL,
    official text,
    provisional boolean NOT NULL,
    recovered boolean NOT NULL,
    procedure text NOT NULL,
    receiving_agency text NOT NULL,
    resolving_agency text NOT NULL,
    received_at text NOT NULL,
    due_at text,
    status bigint NOT NULL,
    voided boolean NOT NULL
);
CREATE TABLE public.enrolment_codes (
    secret_hash text NOT NULL,
    agency text NOT NULL,
    supervisor text NOT NULL,
    made_at timestamp without time zone NOT NULL,
    expires_at timestamp without time zone NOT NULL,
    desk uuid,
    key text
);
CREATE TABLE public.entries (
    desk uuid NOT NULL,
    epoch bigint NOT NULL,
    seq bigint NOT NULL,
    hash text NOT NULL,
    kind text NOT NULL,
    dossier uuid,
    head text NOT NULL,
    body text,
    salt bytea,
    signature bytea,
    erased boolean NOT NULL,
    held_at timestamp without time zone NOT NULL
);
CREATE TABLE public.epochs (
    desk uuid NOT NULL,
    epoch bigint NOT NULL,
    seq bigint NOT NULL,
    hash text NOT NULL,
    judged bigint NOT NULL,
    parent_epoch bigint,
    parent_seq bigint
);
CREATE TABLE public.feed (
    id bigint NOT NULL,
    n bigint NOT NULL,
    scope text NOT NULL,
    kind text NOT NULL,
    key text NOT NULL,
    data text,
    dossier uuid,
    desk uuid,
    epoch bigint,
    seq bigint
);
CREATE SEQUENCE public.feed_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.feed_id_seq OWNED BY public.feed.id;
CREATE TABLE public.keys (
    serial bigint NOT NULL,
    root text NOT NULL,
    certificate text NOT NULL,
    key bytea NOT NULL,
    seal bytea NOT NULL,
    seal_public text NOT NULL,
    made_at timestamp without time zone NOT NULL
);
CREATE SEQUENCE public.keys_serial_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.keys_serial_seq OWNED BY public.keys.serial;
CREATE TABLE public.payments (
    entry text NOT NULL,
    dossier uuid,
    total bigint NOT NULL
);
CREATE TABLE public.procedures (
    id bigint NOT NULL,
    catalogue text NOT NULL,
    code text NOT NULL,
    valid_from date,
    valid_until date
);
CREATE SEQUENCE public.procedures_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.procedures_id_seq OWNED BY public.procedures.id;
CREATE TABLE public.province (
    id bigint NOT NULL,
    schema bigint NOT NULL,
    province text NOT NULL,
    name text NOT NULL,
    incarnation text NOT NULL,
    founded_at timestamp without time zone NOT NULL,
    policy text NOT NULL
);
CREATE SEQUENCE public.province_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.province_id_seq OWNED BY public.province.id;
CREATE TABLE public.slips (
    id uuid NOT NULL,
    dossier uuid,
    issue bigint NOT NULL,
    code text NOT NULL,
    outcome text
);
CREATE TABLE public.staff (
    id text NOT NULL,
    agency text NOT NULL,
    data text NOT NULL
);
CREATE TABLE public.verdicts (
    desk uuid NOT NULL,
    epoch bigint NOT NULL,
    first bigint NOT NULL,
    last bigint NOT NULL,
    verdict text NOT NULL,
    entry text,
    dossier uuid,
    field text,
    reason_vi text,
    reason_en text
);
CREATE TABLE public.waiting (
    entry text NOT NULL,
    desk uuid NOT NULL,
    cause text,
    for_body boolean NOT NULL,
    since timestamp without time zone NOT NULL
);
ALTER TABLE ONLY public.feed ALTER COLUMN id SET DEFAULT nextval('public.feed_id_seq'::regclass);
ALTER TABLE ONLY public.keys ALTER COLUMN serial SET DEFAULT nextval('public.keys_serial_seq'::regclass);
ALTER TABLE ONLY public.procedures ALTER COLUMN id SET DEFAULT nextval('public.procedures_id_seq'::regclass);
ALTER TABLE ONLY public.province ALTER COLUMN id SET DEFAULT nextval('public.province_id_seq'::regclass);
INSERT INTO public.agencies VALUES ('H05.09.169', '{"address":"","commune":null,"hotline":"","id":"H05.09.169","name":"TRUNG TÂM","parent_name":"","place":"Vũ Ninh"}');
INSERT INTO public.certificates VALUES ('ae2e9fc2-0140-4c59-b076-1dec3af5a535', 1, 1000, 'cdc9c7b673274239f4a082730a95cff539741597e13a43738e70e40123d47cb6', '746a29d0b2ce2641a52d8f1bbd965ddcb9a860c8b62e40904c2e1b407622fa33', '2027-07-01 01:15:00', '{"key":"916e2716197818b2ab49a36ab943af93a57c57af00a7a434c2b025d3a259d323","kind":"commune-desk/desk-certificate/1","payload":"{\"agency\":\"H05.09.169\",\"desk\":\"ae2e9fc2-0140-4c59-b076-1dec3af5a535\",\"epoch\":1,\"key\":\"cdc9c7b673274239f4a082730a95cff539741597e13a43738e70e40123d47cb6\",\"not_after\":\"2027-07-01T01:15:00.000Z\",\"not_before\":\"2025-06-30T01:15:00.000Z\",\"number\":1000,\"province\":\"H05\",\"seal\":\"746a29d0b2ce2641a52d8f1bbd965ddcb9a860c8b62e40904c2e1b407622fa33\",\"v\":1}","signature":"766c9658f701d7de0ce32bd6acdd5be59ae6a5cdc84fff090c82133d063e06c9cc6618499ce515a725a98d7ca32828b89715f7be721edc4722e5074b47577309"}');
INSERT INTO public.certificates VALUES ('ae2e9fc2-0140-4c59-b076-1dec3af5a535', 2, 1001, 'cdc9c7b673274239f4a082730a95cff539741597e13a43738e70e40123d47cb6', '746a29d0b2ce2641a52d8f1bbd965ddcb9a860c8b62e40904c2e1b407622fa33', '2027-07-01 01:15:00', '{"key":"916e2716197818b2ab49a36ab943af93a57c57af00a7a434c2b025d3a259d323","kind":"commune-desk/desk-certificate/1","payload":"{\"agency\":\"H05.09.169\",\"desk\":\"ae2e9fc2-0140-4c59-b076-1dec3af5a535\",\"epoch\":2,\"key\":\"cdc9c7b673274239f4a082730a95cff539741597e13a43738e70e40123d47cb6\",\"not_after\":\"2027-07-01T01:15:00.000Z\",\"not_before\":\"2025-06-30T01:15:00.000Z\",\"number\":1001,\"province\":\"H05\",\"seal\":\"746a29d0b2ce2641a52d8f1bbd965ddcb9a860c8b62e40904c2e1b407622fa33\",\"v\":1}","signature":"39202eaed8cb443c69ca106568f90e1f10e35af5562bf04119ee2ea9c2d784e63fb3a89a8b965fe6109bc3798267701ad3751de634d54af1678f505eed582a09"}');
INSERT INTO public.certificates VALUES ('a847fc1d-ec26-415c-92c9-87f261ad6939', 1, 1002, '92a20f9cbeac2d963628845c5be601577f1e60f78c45c34b50bd2087f2d649e2', 'b6c02e7f73d94a355f8f231558b012eacc99feabb7ab49842258875f74bee371', '2027-07-01 01:15:00', '{"key":"916e2716197818b2ab49a36ab943af93a57c57af00a7a434c2b025d3a259d323","kind":"commune-desk/desk-certificate/1","payload":"{\"agency\":\"H05.09.169\",\"desk\":\"a847fc1d-ec26-415c-92c9-87f261ad6939\",\"epoch\":1,\"key\":\"92a20f9cbeac2d963628845c5be601577f1e60f78c45c34b50bd2087f2d649e2\",\"not_after\":\"2027-07-01T01:15:00.000Z\",\"not_before\":\"2025-06-30T01:15:00.000Z\",\"number\":1002,\"province\":\"H05\",\"seal\":\"b6c02e7f73d94a355f8f231558b012eacc99feabb7ab49842258875f74bee371\",\"v\":1}","signature":"47cb42da3249e24319730ebead778093e1f1d97e4f3c8b404632019d5844be4e60df46d12359ee39d0b72bea0af0a5cf0e1925e38479c64c46403938eed1520c"}');
INSERT INTO public.claims VALUES ('H05.09.169-250701-1000001', '98a00f58-e868-4e57-882a-92bdad702915');
INSERT INTO public.claims VALUES ('TAM-250701-0123-4567-8901', '55f9ebcf-5e7a-4d2a-b5af-c6177d0603e9');
INSERT INTO public.claims VALUES ('H05.09.169-250701-0001', '55f9ebcf-5e7a-4d2a-b5af-c6177d0603e9');
INSERT INTO public.claims VALUES ('H05.09.169-250701-1001001', '5c139292-7921-40f4-93e2-dd4eb5ae232a');
INSERT INTO public.counters VALUES ('code H05.09.169 2025-07-01', 1);
INSERT INTO public.counters VALUES ('feed', 20);
INSERT INTO public.desks VALUES ('ae2e9fc2-0140-4c59-b076-1dec3af5a535', 'H05.09.169', '2025-07-01 01:15:00', NULL, '2025-07-01 01:15:00', 'driver/1', 1);
INSERT INTO public.desks VALUES ('a847fc1d-ec26-415c-92c9-87f261ad6939', 'H05.09.169', '2025-07-01 01:15:00', NULL, '2025-07-01 01:15:00', 'driver/1', 2);
INSERT INTO public.documents VALUES ('calendar', '1', '{"key":"916e2716197818b2ab49a36ab943af93a57c57af00a7a434c2b025d3a259d323","kind":"commune-desk/calendar/1","payload":"{\"first_day\":\"2025-01-01\",\"last_day\":\"2025-12-31\",\"version\":\"1\"}","signature":"a786c8167da7733d5f6c6dd9bb4120df9aaa4427472974d0db50b515185d209bb608d2fde5a6793f2fd179cca47b49d379c7d046ea534edd9ed889de2072b10f"}', '2025-07-01 01:15:00');
INSERT INTO public.documents VALUES ('catalogue', '1', '{"key":"916e2716197818b2ab49a36ab943af93a57c57af00a7a434c2b025d3a259d323","kind":"commune-desk/catalogue/1","payload":"{\"procedures\":[{\"code\":\"2.000815\",\"valid_from\":\"2025-07-01\"}],\"version\":\"1\"}","signature":"8cd1707dc82f3809ca09e8d33008f302a5509864395f2ae3d4af905fe52524dd761c72290cc6c3a156aed74de33a76c5fc00bea7fd06c22096e2856e7bd66700"}', '2025-07-01 01:15:00');
INSERT INTO public.dossiers VALUES ('5fa0e2a8-db7a-422d-aaa3-2d1f7a290bfa', 'ae2e9fc2-0140-4c59-b076-1dec3af5a535', 1, 4, 'H05.09.169-250701-1000002', NULL, false, false, '9.999999', 'H05.09.169', 'H05.09.169', '2025-07-01T01:15:00.000Z', '2025-07-01T09:15:00.000Z', 2, false);
INSERT INTO public.dossiers VALUES ('55f9ebcf-5e7a-4d2a-b5af-c6177d0603e9', 'ae2e9fc2-0140-4c59-b076-1dec3af5a535', 1, 5, 'TAM-250701-0123-4567-8901', 'H05.09.169-250701-0001', true, false, '2.000815', 'H05.09.169', 'H05.09.169', '2025-07-01T01:15:00.000Z', '2025-07-01T09:15:00.000Z', 2, false);
INSERT INTO public.dossiers VALUES ('98a00f58-e868-4e57-882a-92bdad702915', 'ae2e9fc2-0140-4c59-b076-1dec3af5a535', 1, 2, 'H05.09.169-250701-1000001', NULL, false, false, '2.000815', 'H05.09.169', 'H05.09.169', '2025-07-01T01:15:00.000Z', '2025-07-01T09:15:00.000Z', 9, false);
INSERT INTO public.dossiers VALUES ('5c139292-7921-40f4-93e2-dd4eb5ae232a', 'ae2e9fc2-0140-4c59-b076-1dec3af5a535', 2, 2, 'H05.09.169-250701-1001001', NULL, false, false, '2.000815', 'H05.09.169', 'H05.09.169', '2025-07-01T01:15:00.000Z', '2025-07-01T09:15:00.000Z', 2, false);
INSERT INTO public.enrolment_codes VALUES ('babaf177edcf4a0e5500b2bb3644ec37121d74627cee4fe4899a3e0f07821ccf', 'H05.09.169', 'nguoi-phu-trach-vu-ninh', '2025-07-01 01:15:00', '2025-07-15 01:15:00', 'ae2e9fc2-0140-4c59-b076-1dec3af5a535', 'cdc9c7b673274239f4a082730a95cff539741597e13a43738e70e40123d47cb6');
INSERT INTO public.enrolment_codes VALUES ('81cbaea684ae20add84c3b47cdf89a39a1416e61c8d01854399ea64e78f4d643', 'H05.09.169', 'nguoi-phu-trach-vu-ninh', '2025-07-01 01:15:00', '2025-07-15 01:15:00', 'a847fc1d-ec26-415c-92c9-87f261ad6939', '92a20f9cbeac2d963628845c5be601577f1e60f78c45c34b50bd2087f2d649e2');
INSERT INTO public.entries VALUES ('ae2e9fc2-0140-4c59-b076-1dec3af5a535', 1, 1, 'd2a979926808c4babbf884e73139562fe7b2cf7e15eadabb78f3193a1b076015', 'epoch_opened', NULL, '{"after":null,"clerk":"nguoi-phu-trach-vu-ninh","commitment":"7a55d705fc3984d3ad8190baa7e93f86d527b9ab702726a2b93ac7cd8445819a","desk":"ae2e9fc2-0140-4c59-b076-1dec3af5a535","dossier":null,"epoch":1,"kind":"epoch_opened","kind_version":1,"offset":null,"previous":"0000000000000000000000000000000000000000000000000000000000000000","seq":1,"time":"2025-07-01T01:15:00.000Z","v":1}', '{"certificate":{"key":"916e2716197818b2ab49a36ab943af93a57c57af00a7a434c2b025d3a259d323","kind":"commune-desk/desk-certificate/1","payload":"{\"agency\":\"H05.09.169\",\"desk\":\"ae2e9fc2-0140-4c59-b076-1dec3af5a535\",\"epoch\":1,\"key\":\"cdc9c7b673274239f4a082730a95cff539741597e13a43738e70e40123d47cb6\",\"not_after\":\"2027-07-01T01:15:00.000Z\",\"not_before\":\"2025-06-30T01:15:00.000Z\",\"number\":1000,\"province\":\"H05\",\"seal\":\"746a29d0b2ce2641a52d8f1bbd965ddcb9a860c8b62e40904c2e1b407622fa33\",\"v\":1}","signature":"766c9658f701d7de0ce32bd6acdd5be59ae6a5cdc84fff090c82133d063e06c9cc6618499ce515a725a98d7ca32828b89715f7be721edc4722e5074b47577309"},"parent":null,"reason":"enrolled","software":"driver"}', '\x8088d91865760891e5a40dd326218f8621c9de53544760d6a6e72ae89cb1223e', '\xe3d8ff8805b4e5f2580e6bf5ce5abeaafb88116897a002203b0828fc767564713fd6e61d05a0deded676fa1ab026acf61f7b30aee45c752d2a68fbcb4f687304', false, '2025-07-01 01:15:00');
INSERT INTO public.entries VALUES ('ae2e9fc2-0140-4c59-b076-1dec3af5a535', 1, 2, '929f00f6245f18b05e3c45758ae3bdc0832443a4602498637d7ca6d885874096', 'dossier_accepted', '98a00f58-e868-4e57-882a-92bdad702915', '{"after":null,"clerk":"nguoi-phu-trach-vu-ninh","commitment":"e0aa1e3d3e9106092b8f4311a12bf17c69df32291d933f18a025015c230fee26","desk":"ae2e9fc2-0140-4c59-b076-1dec3af5a535","dossier":"98a00f58-e868-4e57-882a-92bdad702915","epoch":1,"kind":"dossier_accepted","kind_version":1,"offset":null,"previous":"d2a979926808c4babbf884e73139562fe7b2cf7e15eadabb78f3193a1b076015","seq":2,"time":"2025-07-01T01:15:00.000Z","v":1}', '{"applicant":{"address":{"commune":"09169","detail":"Khu 3"},"date_of_birth":"1980-02-03","email":null,"full_name":"Nguyễn Thị Lan","kind":"citizen","personal_id":"027180001234","phone":"0912345678","sex":"female"},"case":null,"catalogue":"1","channel":"direct","client_id":"5ae9557f-a09b-44eb-9360-c68f63d2b242","code":"H05.09.169-250701-1000001","due_at":"2025-07-01T09:15:00.000Z","fees":[{"amount":2000,"count":2,"kind":"fee","name":"Phí chứng thực","paid":"cash"}],"note":"","owner":null,"procedure":"2.000815","procedure_name":"Chứng thực bản sao từ bản chính","procedure_version":"1","provisional":false,"received_at":"2025-07-01T01:15:00.000Z","receiving_agency":"H05.09.169","recovered":false,"register_book":"2025-1000","register_line":1,"requirements":[{"certified":0,"copies":2,"name":"Bản chính","originals":1,"pages":0}],"resolving_agency":"H05.09.169","return_by":"counter","time_limit":"trong ngày"}', '\x3a347ec0d7d0d3fd41d5e9b48306069165408773fb6268b69d20f7b45ca281e6', '\xbdd9e5a0dfefdd7c2eb357035b015b22bd5b3f0e8c8dfe98331625b94704b2866e4860455ef3ed14c9c6c92d8230feef9e7157b95fa843d1ed4727af2f399606', false, '2025-07-01 01:15:00');
INSERT INTO public.entries VALUES ('ae2e9fc2-0140-4c59-b076-1dec3af5a535', 1, 3, '275353391f0f05155a3a26e67b09da6867b1b79f5a4d33c8d0b13be409704e60', 'fee_taken', '98a00f58-e868-4e57-882a-92bdad702915', '{"after":"929f00f6245f18b05e3c45758ae3bdc0832443a4602498637d7ca6d885874096","clerk":"nguoi-phu-trach-vu-ninh","commitment":"24661f18f2b2baebaf8b26bd792fc2215f60c04e73955d664a9108356a20a470","desk":"ae2e9fc2-0140-4c59-b076-1dec3af5a535","dossier":"98a00f58-e868-4e57-882a-92bdad702915","epoch":1,"kind":"fee_taken","kind_version":1,"offset":null,"previous":"929f00f6245f18b05e3c45758ae3bdc0832443a4602498637d7ca6d885874096","seq":3,"time":"2025-07-01T01:15:00.000Z","v":1}', '{"fees":[{"amount":2000,"count":2,"kind":"fee","name":"Phí","paid":"cash"}],"total":4000}', '\x06d77757982fa70960205f66f00042c23af8617100386263eb876a7251188d30', '\x47b9f5feb477290f7e60f2a0ff3fbedfca820d58317cf876b1676f047a467eeb5b33f2ae4b8f665aeda1bdbd13978d26c0ffb5a81c2b0db6b27a74d6c9455e0c', false, '2025-07-01 01:15:00');
INSERT INTO public.entries VALUES ('ae2e9fc2-0140-4c59-b076-1dec3af5a535', 1, 4, '4b39088b1192ecf9308bff0d15fcf79c7a2297bd45cc13ac44addbefef72ae54', 'dossier_accepted', '5fa0e2a8-db7a-422d-aaa3-2d1f7a290bfa', '{"after":null,"clerk":"nguoi-phu-trach-vu-ninh","commitment":"c1fa5c24970f6a6b069ac93f6301a16f8f823103015233d3129c941f474b764f","desk":"ae2e9fc2-0140-4c59-b076-1dec3af5a535","dossier":"5fa0e2a8-db7a-422d-aaa3-2d1f7a290bfa","epoch":1,"kind":"dossier_accepted","kind_version":1,"offset":null,"previous":"275353391f0f05155a3a26e67b09da6867b1b79f5a4d33c8d0b13be409704e60","seq":4,"time":"2025-07-01T01:15:00.000Z","v":1}', '{"applicant":{"address":{"commune":"09169","detail":"Khu 3"},"date_of_birth":"1980-02-03","email":null,"full_name":"Nguyễn Thị Lan","kind":"citizen","personal_id":"027180001234","phone":"0912345678","sex":"female"},"case":null,"catalogue":"1","channel":"direct","client_id":"974a035d-c0f1-479b-9872-54342750c0c7","code":"H05.09.169-250701-1000002","due_at":"2025-07-01T09:15:00.000Z","fees":[{"amount":2000,"count":2,"kind":"fee","name":"Phí chứng thực","paid":"cash"}],"note":"","owner":null,"procedure":"9.999999","procedure_name":"Chứng thực bản sao từ bản chính","procedure_version":"1","provisional":false,"received_at":"2025-07-01T01:15:00.000Z","receiving_agency":"H05.09.169","recovered":false,"register_book":"2025-1000","register_line":1,"requirements":[{"certified":0,"copies":2,"name":"Bản chính","originals":1,"pages":0}],"resolving_agency":"H05.09.169","return_by":"counter","time_limit":"trong ngày"}', '\xef42366bb500ae01c7807760feba7a961051c63b04e9d8f292d9423ca4151031', '\x388910a720a0d91d036ffadb6fe9e2fc0184d539e3d1c10df6958b3f8358409103eab086ebb22905f07c4ca483864bd43d1d4d2f599c3caec546cc74c786f004', false, '2025-07-01 01:15:00');
INSERT INTO public.entries VALUES ('ae2e9fc2-0140-4c59-b076-1dec3af5a535', 1, 5, '0d8b45f0a0e88654afd0c68a8866022859cd29b31a0cefe0cfd9ae4db37bb400', 'dossier_accepted', '55f9ebcf-5e7a-4d2a-b5af-c6177d0603e9', '{"after":null,"clerk":"nguoi-phu-trach-vu-ninh","commitment":"9a6e9df009d420bedc1194b0ab753da927c552b7899aea1de26b99483441921b","desk":"ae2e9fc2-0140-4c59-b076-1dec3af5a535","dossier":"55f9ebcf-5e7a-4d2a-b5af-c6177d0603e9","epoch":1,"kind":"dossier_accepted","kind_version":1,"offset":null,"previous":"4b39088b1192ecf9308bff0d15fcf79c7a2297bd45cc13ac44addbefef72ae54","seq":5,"time":"2025-07-01T01:15:00.000Z","v":1}', '{"applicant":{"address":{"commune":"09169","detail":"Khu 3"},"date_of_birth":"1980-02-03","email":null,"full_name":"Nguyễn Thị Lan","kind":"citizen","personal_id":"027180001234","phone":"0912345678","sex":"female"},"case":null,"catalogue":"1","channel":"direct","client_id":"38e0202c-fed2-4db0-93d6-3ee4ec4fc0db","code":"TAM-250701-0123-4567-8901","due_at":"2025-07-01T09:15:00.000Z","fees":[{"amount":2000,"count":2,"kind":"fee","name":"Phí chứng thực","paid":"cash"}],"note":"","owner":null,"procedure":"2.000815","procedure_name":"Chứng thực bản sao từ bản chính","procedure_version":"1","provisional":true,"received_at":"2025-07-01T01:15:00.000Z","receiving_agency":"H05.09.169","recovered":false,"register_book":"2025-1000","register_line":1,"requirements":[{"certified":0,"copies":2,"name":"Bản chính","originals":1,"pages":0}],"resolving_agency":"H05.09.169","return_by":"counter","time_limit":"trong ngày"}', '\xdd57898b80600f201db7cef8a387d3f13a06544edfd49ab5f37eedac58874e29', '\x53c37cbf2ed4dad7a9c9a09788cde06fcd73bbccecc7a0fbfffe6bd3b4d74c2a326e7d17bdeff732483c2775c70ce662c6b9bf6db087736edbcc2f6123260202', false, '2025-07-01 01:15:00');
INSERT INTO public.entries VALUES ('ae2e9fc2-0140-4c59-b076-1dec3af5a535', 2, 1, '275cb861e6aaa9914101ef93c84514be5b5719566ad03ddbda47ca544d113e71', 'epoch_opened', NULL, '{"after":null,"clerk":"nguoi-phu-trach-vu-ninh","commitment":"2eff529d0bbd59e057c969400c8dfc89d8ce5d6f304f5032457ebadad4745bc0","desk":"ae2e9fc2-0140-4c59-b076-1dec3af5a535","dossier":null,"epoch":2,"kind":"epoch_opened","kind_version":1,"offset":null,"previous":"0d8b45f0a0e88654afd0c68a8866022859cd29b31a0cefe0cfd9ae4db37bb400","seq":1,"time":"2025-07-01T01:15:00.000Z","v":1}', '{"certificate":null,"parent":{"epoch":1,"hash":"0d8b45f0a0e88654afd0c68a8866022859cd29b31a0cefe0cfd9ae4db37bb400","seq":5},"reason":"restored","software":"driver"}', '\x21e84de0cbf84b74ad0dec428eef66e03c90e0da0511a516c915448bbf0e2994', '\x18b2eca3e12f636254ca9c76353fae534e211bd8ee0710ccfe12707dec4cf49b33daa911826eaa49da7c96d1c7961b8e0fd13dd29f617e60c951a76d9ea42d08', false, '2025-07-01 01:15:00');
INSERT INTO public.entries VALUES ('ae2e9fc2-0140-4c59-b076-1dec3af5a535', 2, 2, '056a76d714889f946241cdffb6fe12da46c103ea55140b217de1479d298ae99e', 'dossier_accepted', '5c139292-7921-40f4-93e2-dd4eb5ae232a', '{"after":null,"clerk":"nguoi-phu-trach-vu-ninh","commitment":"4bad8fb2cbf1cb92faedc7f3986160ad4307b6f7f5c5d0851641711087542fe8","desk":"ae2e9fc2-0140-4c59-b076-1dec3af5a535","dossier":"5c139292-7921-40f4-93e2-dd4eb5ae232a","epoch":2,"kind":"dossier_accepted","kind_version":1,"offset":null,"previous":"275cb861e6aaa9914101ef93c84514be5b5719566ad03ddbda47ca544d113e71","seq":2,"time":"2025-07-01T01:15:00.000Z","v":1}', '{"applicant":{"address":{"commune":"09169","detail":"Khu 3"},"date_of_birth":"1980-02-03","email":null,"full_name":"Nguyễn Thị Lan","kind":"citizen","personal_id":"027180001234","phone":"0912345678","sex":"female"},"case":null,"catalogue":"1","channel":"direct","client_id":"b46e8fb7-2ab0-4e23-be29-0fef96cc2d50","code":"H05.09.169-250701-1001001","due_at":"2025-07-01T09:15:00.000Z","fees":[{"amount":2000,"count":2,"kind":"fee","name":"Phí chứng thực","paid":"cash"}],"note":"","owner":null,"procedure":"2.000815","procedure_name":"Chứng thực bản sao từ bản chính","procedure_version":"1","provisional":false,"received_at":"2025-07-01T01:15:00.000Z","receiving_agency":"H05.09.169","recovered":false,"register_book":"2025-1000","register_line":1,"requirements":[{"certified":0,"copies":2,"name":"Bản chính","originals":1,"pages":0}],"resolving_agency":"H05.09.169","return_by":"counter","time_limit":"trong ngày"}', '\x48427f3c1564c0ee5bf7e1d062b93bb108322b75ae5ec860f744ba533ba8c938', '\xfb924e4f8b645c2a81aa6744e633a7ba4c78d6bf5fcc8f5d2482177324e6c9b1cdf455b01ac92a5c0c4f08f91287775f4fa7a7df0e96dad52c5f9b2ced6f2c0e', false, '2025-07-01 01:15:00');
INSERT INTO public.entries VALUES ('a847fc1d-ec26-415c-92c9-87f261ad6939', 1, 1, 'e585e1f0a00b6f0078a634577d367497a31ec98b58f47ef658abc02619fece25', 'epoch_opened', NULL, '{"after":null,"clerk":"nguoi-phu-trach-vu-ninh","commitment":"30eb09bb4f70a50dfde1c7c8d1e34c25d163b3e038adb89a70cd3e70f249d0db","desk":"a847fc1d-ec26-415c-92c9-87f261ad6939","dossier":null,"epoch":1,"kind":"epoch_opened","kind_version":1,"offset":null,"previous":"0000000000000000000000000000000000000000000000000000000000000000","seq":1,"time":"2025-07-01T01:15:00.000Z","v":1}', '{"certificate":{"key":"916e2716197818b2ab49a36ab943af93a57c57af00a7a434c2b025d3a259d323","kind":"commune-desk/desk-certificate/1","payload":"{\"agency\":\"H05.09.169\",\"desk\":\"a847fc1d-ec26-415c-92c9-87f261ad6939\",\"epoch\":1,\"key\":\"92a20f9cbeac2d963628845c5be601577f1e60f78c45c34b50bd2087f2d649e2\",\"not_after\":\"2027-07-01T01:15:00.000Z\",\"not_before\":\"2025-06-30T01:15:00.000Z\",\"number\":1002,\"province\":\"H05\",\"seal\":\"b6c02e7f73d94a355f8f231558b012eacc99feabb7ab49842258875f74bee371\",\"v\":1}","signature":"47cb42da3249e24319730ebead778093e1f1d97e4f3c8b404632019d5844be4e60df46d12359ee39d0b72bea0af0a5cf0e1925e38479c64c46403938eed1520c"},"parent":null,"reason":"enrolled","software":"driver"}', '\x6fc28a762f4333501d5e0711dd165f2d34def49619795f6f8143d9411d3c7fa9', '\x19ac8278e08425f63576ed694fe7c44b9bfe420a7be965bfe3d3bc2bc007ad6bc885ffc2f056fae68342ee14ad0f7018f40a6745a65261ad01cd6818fa6d7405', false, '2025-07-01 01:15:00');
INSERT INTO public.entries VALUES ('a847fc1d-ec26-415c-92c9-87f261ad6939', 1, 2, 'fffa59e8fa567115490cf8e74792884420a5769c2437e17eb6288d0eab194bbb', 'dossier_voided', '98a00f58-e868-4e57-882a-92bdad702915', '{"after":"1111111111111111111111111111111111111111111111111111111111111111","clerk":"nguoi-phu-trach-vu-ninh","commitment":"b5c0a77458e615ae63d52d892c555fef5a8c4e5e8a0adf93ecac5c920c41d5f0","desk":"a847fc1d-ec26-415c-92c9-87f261ad6939","dossier":"98a00f58-e868-4e57-882a-92bdad702915","epoch":1,"kind":"dossier_voided","kind_version":1,"offset":null,"previous":"e585e1f0a00b6f0078a634577d367497a31ec98b58f47ef658abc02619fece25","seq":2,"time":"2025-07-01T01:15:00.000Z","v":1}', '{"reason":"Nhầm"}', '\x0d95305ba33aa8d41580a95cc24f040401803c2fbb126a52269d2443e1ddbb0d', '\x13d41dfbaa444a85727dd05321a8e10a7536475676366fc24ee38761d4d7b98d2affae007fd975886f0c35c46598c9b7df9a4053dd32882be76c26b7fb84a803', false, '2025-07-01 01:15:00');
INSERT INTO public.epochs VALUES ('ae2e9fc2-0140-4c59-b076-1dec3af5a535', 1, 5, '0d8b45f0a0e88654afd0c68a8866022859cd29b31a0cefe0cfd9ae4db37bb400', 5, NULL, NULL);
INSERT INTO public.epochs VALUES ('ae2e9fc2-0140-4c59-b076-1dec3af5a535', 2, 2, '056a76d714889f946241cdffb6fe12da46c103ea55140b217de1479d298ae99e', 2, 1, 5);
INSERT INTO public.epochs VALUES ('a847fc1d-ec26-415c-92c9-87f261ad6939', 1, 2, 'fffa59e8fa567115490cf8e74792884420a5769c2437e17eb6288d0eab194bbb', 2, NULL, NULL);
INSERT INTO public.feed VALUES (1, 1, '*', 'policy', 'policy', '{"codes":"desk","keep_months":24,"lookup":""}', NULL, NULL, NULL, NULL);
INSERT INTO public.feed VALUES (2, 2, '*', 'agency', 'H05.09.169', '{"address":"","commune":null,"hotline":"","id":"H05.09.169","name":"TRUNG TÂM","parent_name":"","place":"Vũ Ninh"}', NULL, NULL, NULL, NULL);
INSERT INTO public.feed VALUES (3, 3, '*', 'calendar', 'vn', '{"statement":{"key":"916e2716197818b2ab49a36ab943af93a57c57af00a7a434c2b025d3a259d323","kind":"commune-desk/calendar/1","payload":"{\"first_day\":\"2025-01-01\",\"last_day\":\"2025-12-31\",\"version\":\"1\"}","signature":"a786c8167da7733d5f6c6dd9bb4120df9aaa4427472974d0db50b515185d209bb608d2fde5a6793f2fd179cca47b49d379c7d046ea534edd9ed889de2072b10f"},"version":"1"}', NULL, NULL, NULL, NULL);
INSERT INTO public.feed VALUES (4, 4, '*', 'catalogue', '1', '{"statement":{"key":"916e2716197818b2ab49a36ab943af93a57c57af00a7a434c2b025d3a259d323","kind":"commune-desk/catalogue/1","payload":"{\"procedures\":[{\"code\":\"2.000815\",\"valid_from\":\"2025-07-01\"}],\"version\":\"1\"}","signature":"8cd1707dc82f3809ca09e8d33008f302a5509864395f2ae3d4af905fe52524dd761c72290cc6c3a156aed74de33a76c5fc00bea7fd06c22096e2856e7bd66700"},"version":"1"}', NULL, NULL, NULL, NULL);
INSERT INTO public.feed VALUES (5, 5, 'H05.09.169', 'staff', 'nguoi-phu-trach-vu-ninh', '{"active":true,"agency":"H05.09.169","full_name":"Người phụ trách Vũ Ninh","id":"nguoi-phu-trach-vu-ninh","pin_code":null,"role":"supervisor"}', NULL, NULL, NULL, NULL);
INSERT INTO public.feed VALUES (6, 6, '*', 'desk', 'ae2e9fc2-0140-4c59-b076-1dec3af5a535/1', '{"certificate":{"key":"916e2716197818b2ab49a36ab943af93a57c57af00a7a434c2b025d3a259d323","kind":"commune-desk/desk-certificate/1","payload":"{\"agency\":\"H05.09.169\",\"desk\":\"ae2e9fc2-0140-4c59-b076-1dec3af5a535\",\"epoch\":1,\"key\":\"cdc9c7b673274239f4a082730a95cff539741597e13a43738e70e40123d47cb6\",\"not_after\":\"2027-07-01T01:15:00.000Z\",\"not_before\":\"2025-06-30T01:15:00.000Z\",\"number\":1000,\"province\":\"H05\",\"seal\":\"746a29d0b2ce2641a52d8f1bbd965ddcb9a860c8b62e40904c2e1b407622fa33\",\"v\":1}","signature":"766c9658f701d7de0ce32bd6acdd5be59ae6a5cdc84fff090c82133d063e06c9cc6618499ce515a725a98d7ca32828b89715f7be721edc4722e5074b47577309"},"revoked":false}', NULL, NULL, NULL, NULL);
INSERT INTO public.feed VALUES (7, 7, 'H05.09.169', 'dossier', '98a00f58-e868-4e57-882a-92bdad702915', '{"desk":"ae2e9fc2-0140-4c59-b076-1dec3af5a535","dossier":"{\"applicant\":{\"address\":{\"commune\":\"09169\",\"detail\":\"Khu 3\"},\"date_of_birth\":\"1980-02-03\",\"email\":null,\"full_name\":\"Nguyễn Thị Lan\",\"kind\":\"citizen\",\"personal_id\":\"027180001234\",\"phone\":\"0912345678\",\"sex\":\"female\"},\"case\":null,\"catalogue\":\"1\",\"channel\":\"direct\",\"client_id\":\"5ae9557f-a09b-44eb-9360-c68f63d2b242\",\"code\":\"H05.09.169-250701-1000001\",\"due_at\":\"2025-07-01T09:15:00.000Z\",\"fees\":[{\"amount\":2000,\"count\":2,\"kind\":\"fee\",\"name\":\"Phí chứng thực\",\"paid\":\"cash\"}],\"note\":\"\",\"owner\":null,\"procedure\":\"2.000815\",\"procedure_name\":\"Chứng thực bản sao từ bản chính\",\"procedure_version\":\"1\",\"provisional\":false,\"received_at\":\"2025-07-01T01:15:00.000Z\",\"receiving_agency\":\"H05.09.169\",\"recovered\":false,\"register_book\":\"2025-1000\",\"register_line\":1,\"requirements\":[{\"certified\":0,\"copies\":2,\"name\":\"Bản chính\",\"originals\":1,\"pages\":0}],\"resolving_agency\":\"H05.09.169\",\"return_by\":\"counter\",\"time_limit\":\"trong ngày\"}","id":"98a00f58-e868-4e57-882a-92bdad702915","voided":false}', '98a00f58-e868-4e57-882a-92bdad702915', 'ae2e9fc2-0140-4c59-b076-1dec3af5a535', 1, 2);
INSERT INTO public.feed VALUES (8, 8, 'H05.09.169', 'dossier', '55f9ebcf-5e7a-4d2a-b5af-c6177d0603e9', '{"desk":"ae2e9fc2-0140-4c59-b076-1dec3af5a535","dossier":"{\"applicant\":{\"address\":{\"commune\":\"09169\",\"detail\":\"Khu 3\"},\"date_of_birth\":\"1980-02-03\",\"email\":null,\"full_name\":\"Nguyễn Thị Lan\",\"kind\":\"citizen\",\"personal_id\":\"027180001234\",\"phone\":\"0912345678\",\"sex\":\"female\"},\"case\":null,\"catalogue\":\"1\",\"channel\":\"direct\",\"client_id\":\"38e0202c-fed2-4db0-93d6-3ee4ec4fc0db\",\"code\":\"TAM-250701-0123-4567-8901\",\"due_at\":\"2025-07-01T09:15:00.000Z\",\"fees\":[{\"amount\":2000,\"count\":2,\"kind\":\"fee\",\"name\":\"Phí chứng thực\",\"paid\":\"cash\"}],\"note\":\"\",\"owner\":null,\"procedure\":\"2.000815\",\"procedure_name\":\"Chứng thực bản sao từ bản chính\",\"procedure_version\":\"1\",\"provisional\":true,\"received_at\":\"2025-07-01T01:15:00.000Z\",\"receiving_agency\":\"H05.09.169\",\"recovered\":false,\"register_book\":\"2025-1000\",\"register_line\":1,\"requirements\":[{\"certified\":0,\"copies\":2,\"name\":\"Bản chính\",\"originals\":1,\"pages\":0}],\"resolving_agency\":\"H05.09.169\",\"return_by\":\"counter\",\"time_limit\":\"trong ngày\"}","id":"55f9ebcf-5e7a-4d2a-b5af-c6177d0603e9","voided":false}', '55f9ebcf-5e7a-4d2a-b5af-c6177d0603e9', 'ae2e9fc2-0140-4c59-b076-1dec3af5a535', 1, 5);
INSERT INTO public.feed VALUES (9, 9, 'H05.09.169', 'numbered', '55f9ebcf-5e7a-4d2a-b5af-c6177d0603e9', '{"code":"H05.09.169-250701-0001","dossier":"55f9ebcf-5e7a-4d2a-b5af-c6177d0603e9"}', '55f9ebcf-5e7a-4d2a-b5af-c6177d0603e9', NULL, NULL, NULL);
INSERT INTO public.feed VALUES (10, 10, 'H05.09.169', 'verdict', 'ae2e9fc2-0140-4c59-b076-1dec3af5a535/1/1', '{"desk":"ae2e9fc2-0140-4c59-b076-1dec3af5a535","dossier":null,"entry":null,"epoch":1,"field":null,"first":1,"last":3,"reason":null,"verdict":"applied"}', NULL, 'ae2e9fc2-0140-4c59-b076-1dec3af5a535', 1, 1);
INSERT INTO public.feed VALUES (11, 11, 'H05.09.169', 'verdict', 'ae2e9fc2-0140-4c59-b076-1dec3af5a535/1/4', '{"desk":"ae2e9fc2-0140-4c59-b076-1dec3af5a535","dossier":"5fa0e2a8-db7a-422d-aaa3-2d1f7a290bfa","entry":"4b39088b1192ecf9308bff0d15fcf79c7a2297bd45cc13ac44addbefef72ae54","epoch":1,"field":"procedure","first":4,"last":4,"reason":{"en":"The procedure is in no catalogue.","vi":"Thủ tục không có trong danh mục."},"verdict":"refused"}', '5fa0e2a8-db7a-422d-aaa3-2d1f7a290bfa', 'ae2e9fc2-0140-4c59-b076-1dec3af5a535', 1, 4);
INSERT INTO public.feed VALUES (12, 12, 'H05.09.169', 'verdict', 'ae2e9fc2-0140-4c59-b076-1dec3af5a535/1/5', '{"desk":"ae2e9fc2-0140-4c59-b076-1dec3af5a535","dossier":null,"entry":null,"epoch":1,"field":null,"first":5,"last":5,"reason":null,"verdict":"applied"}', NULL, 'ae2e9fc2-0140-4c59-b076-1dec3af5a535', 1, 5);
INSERT INTO public.feed VALUES (13, 13, 'H05.09.169', 'status', '98a00f58-e868-4e57-882a-92bdad702915', '{"at":"2025-07-01T01:15:00.000Z","by":"H05","code":"H05.09.169-250701-1000001","dossier":"98a00f58-e868-4e57-882a-92bdad702915","due_at":null,"note":"","status":9}', '98a00f58-e868-4e57-882a-92bdad702915', NULL, NULL, NULL);
INSERT INTO public.feed VALUES (14, 14, '*', 'desk', 'ae2e9fc2-0140-4c59-b076-1dec3af5a535/2', '{"certificate":{"key":"916e2716197818b2ab49a36ab943af93a57c57af00a7a434c2b025d3a259d323","kind":"commune-desk/desk-certificate/1","payload":"{\"agency\":\"H05.09.169\",\"desk\":\"ae2e9fc2-0140-4c59-b076-1dec3af5a535\",\"epoch\":2,\"key\":\"cdc9c7b673274239f4a082730a95cff539741597e13a43738e70e40123d47cb6\",\"not_after\":\"2027-07-01T01:15:00.000Z\",\"not_before\":\"2025-06-30T01:15:00.000Z\",\"number\":1001,\"province\":\"H05\",\"seal\":\"746a29d0b2ce2641a52d8f1bbd965ddcb9a860c8b62e40904c2e1b407622fa33\",\"v\":1}","signature":"39202eaed8cb443c69ca106568f90e1f10e35af5562bf04119ee2ea9c2d784e63fb3a89a8b965fe6109bc3798267701ad3751de634d54af1678f505eed582a09"},"revoked":false}', NULL, NULL, NULL, NULL);
INSERT INTO public.feed VALUES (15, 17, 'H05.09.169', 'verdict', 'ae2e9fc2-0140-4c59-b076-1dec3af5a535/2/1', '{"desk":"ae2e9fc2-0140-4c59-b076-1dec3af5a535","dossier":null,"entry":null,"epoch":2,"field":null,"first":1,"last":2,"reason":null,"verdict":"applied"}', NULL, 'ae2e9fc2-0140-4c59-b076-1dec3af5a535', 2, 1);
INSERT INTO public.feed VALUES (16, 16, 'H05.09.169', 'dossier', '5c139292-7921-40f4-93e2-dd4eb5ae232a', '{"desk":"ae2e9fc2-0140-4c59-b076-1dec3af5a535","dossier":"{\"applicant\":{\"address\":{\"commune\":\"09169\",\"detail\":\"Khu 3\"},\"date_of_birth\":\"1980-02-03\",\"email\":null,\"full_name\":\"Nguyễn Thị Lan\",\"kind\":\"citizen\",\"personal_id\":\"027180001234\",\"phone\":\"0912345678\",\"sex\":\"female\"},\"case\":null,\"catalogue\":\"1\",\"channel\":\"direct\",\"client_id\":\"b46e8fb7-2ab0-4e23-be29-0fef96cc2d50\",\"code\":\"H05.09.169-250701-1001001\",\"due_at\":\"2025-07-01T09:15:00.000Z\",\"fees\":[{\"amount\":2000,\"count\":2,\"kind\":\"fee\",\"name\":\"Phí chứng thực\",\"paid\":\"cash\"}],\"note\":\"\",\"owner\":null,\"procedure\":\"2.000815\",\"procedure_name\":\"Chứng thực bản sao từ bản chính\",\"procedure_version\":\"1\",\"provisional\":false,\"received_at\":\"2025-07-01T01:15:00.000Z\",\"receiving_agency\":\"H05.09.169\",\"recovered\":false,\"register_book\":\"2025-1000\",\"register_line\":1,\"requirements\":[{\"certified\":0,\"copies\":2,\"name\":\"Bản chính\",\"originals\":1,\"pages\":0}],\"resolving_agency\":\"H05.09.169\",\"return_by\":\"counter\",\"time_limit\":\"trong ngày\"}","id":"5c139292-7921-40f4-93e2-dd4eb5ae232a","voided":false}', '5c139292-7921-40f4-93e2-dd4eb5ae232a', 'ae2e9fc2-0140-4c59-b076-1dec3af5a535', 2, 2);
INSERT INTO public.feed VALUES (17, 18, '*', 'desk', 'a847fc1d-ec26-415c-92c9-87f261ad6939/1', '{"certificate":{"key":"916e2716197818b2ab49a36ab943af93a57c57af00a7a434c2b025d3a259d323","kind":"commune-desk/desk-certificate/1","payload":"{\"agency\":\"H05.09.169\",\"desk\":\"a847fc1d-ec26-415c-92c9-87f261ad6939\",\"epoch\":1,\"key\":\"92a20f9cbeac2d963628845c5be601577f1e60f78c45c34b50bd2087f2d649e2\",\"not_after\":\"2027-07-01T01:15:00.000Z\",\"not_before\":\"2025-06-30T01:15:00.000Z\",\"number\":1002,\"province\":\"H05\",\"seal\":\"b6c02e7f73d94a355f8f231558b012eacc99feabb7ab49842258875f74bee371\",\"v\":1}","signature":"47cb42da3249e24319730ebead778093e1f1d97e4f3c8b404632019d5844be4e60df46d12359ee39d0b72bea0af0a5cf0e1925e38479c64c46403938eed1520c"},"revoked":false}', NULL, NULL, NULL, NULL);
INSERT INTO public.feed VALUES (18, 19, 'H05.09.169', 'verdict', 'a847fc1d-ec26-415c-92c9-87f261ad6939/1/1', '{"desk":"a847fc1d-ec26-415c-92c9-87f261ad6939","dossier":null,"entry":null,"epoch":1,"field":null,"first":1,"last":1,"reason":null,"verdict":"applied"}', NULL, 'a847fc1d-ec26-415c-92c9-87f261ad6939', 1, 1);
INSERT INTO public.feed VALUES (19, 20, 'H05.09.169', 'verdict', 'a847fc1d-ec26-415c-92c9-87f261ad6939/1/2', '{"desk":"a847fc1d-ec26-415c-92c9-87f261ad6939","dossier":"98a00f58-e868-4e57-882a-92bdad702915","entry":"fffa59e8fa567115490cf8e74792884420a5769c2437e17eb6288d0eab194bbb","epoch":1,"field":null,"first":2,"last":2,"reason":{"en":"Waiting for another desk''s entry.","vi":"Đang chờ bản ghi của quầy khác."},"verdict":"waiting"}', '98a00f58-e868-4e57-882a-92bdad702915', 'a847fc1d-ec26-415c-92c9-87f261ad6939', 1, 2);
INSERT INTO public.keys VALUES (1, '0c2f1e1c755d9604af2ddc0bff5bc7b3daba2b7e41c415d068b1a6dc6733226f', '{"key":"0c2f1e1c755d9604af2ddc0bff5bc7b3daba2b7e41c415d068b1a6dc6733226f","kind":"commune-desk/province-certificate/1","payload":"{\"key\":\"916e2716197818b2ab49a36ab943af93a57c57af00a7a434c2b025d3a259d323\",\"name\":\"H05\",\"not_after\":\"2030-06-30T01:15:00.000Z\",\"not_before\":\"2025-06-30T01:15:00.000Z\",\"province\":\"H05\",\"seal\":\"0fa69dfcb21767a76cbb68b906730ed6a72d718e14f47cc0561b03914501e079\",\"serial\":1,\"v\":1}","signature":"2ab95e9697a5ff4084cce829310b5f2c071ce4fa982262ff2dbdcbd4b5efeda86903528220fd097820607898eb329d9cbf61e811eced30b20b914f626d5a180a"}', '\x120c7e29971719a956c6c9f532c0668ddfd33b54ad33eb3fb91117224a02a7d1', '\xa060f28cc69301bbfcdcaaea7d4f78355cb24a55433cd3c604bf71ca630e717d', '0fa69dfcb21767a76cbb68b906730ed6a72d718e14f47cc0561b03914501e079', '2025-07-01 01:15:00');
INSERT INTO public.payments VALUES ('275353391f0f05155a3a26e67b09da6867b1b79f5a4d33c8d0b13be409704e60', '98a00f58-e868-4e57-882a-92bdad702915', 4000);
INSERT INTO public.procedures VALUES (1, '1', '2.000815', '2025-07-01', NULL);
INSERT INTO public.province VALUES (1, 1, 'H05', 'H05', '2a6186b698f74bb59cdf7093c709c657', '2025-07-01 01:15:00', '{"codes":"desk","keep_months":24,"lookup":""}');
INSERT INTO public.staff VALUES ('nguoi-phu-trach-vu-ninh', 'H05.09.169', '{"active":true,"agency":"H05.09.169","full_name":"Người phụ trách Vũ Ninh","id":"nguoi-phu-trach-vu-ninh","pin_code":null,"role":"supervisor"}');
INSERT INTO public.verdicts VALUES ('ae2e9fc2-0140-4c59-b076-1dec3af5a535', 1, 1, 3, 'applied', NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.verdicts VALUES ('ae2e9fc2-0140-4c59-b076-1dec3af5a535', 1, 4, 4, 'refused', '4b39088b1192ecf9308bff0d15fcf79c7a2297bd45cc13ac44addbefef72ae54', '5fa0e2a8-db7a-422d-aaa3-2d1f7a290bfa', 'procedure', 'Thủ tục không có trong danh mục.', 'The procedure is in no catalogue.');
INSERT INTO public.verdicts VALUES ('ae2e9fc2-0140-4c59-b076-1dec3af5a535', 1, 5, 5, 'applied', NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.verdicts VALUES ('ae2e9fc2-0140-4c59-b076-1dec3af5a535', 2, 1, 2, 'applied', NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.verdicts VALUES ('a847fc1d-ec26-415c-92c9-87f261ad6939', 1, 1, 1, 'applied', NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.verdicts VALUES ('a847fc1d-ec26-415c-92c9-87f261ad6939', 1, 2, 2, 'waiting', 'fffa59e8fa567115490cf8e74792884420a5769c2437e17eb6288d0eab194bbb', '98a00f58-e868-4e57-882a-92bdad702915', NULL, 'Đang chờ bản ghi của quầy khác.', 'Waiting for another desk''s entry.');
INSERT INTO public.waiting VALUES ('fffa59e8fa567115490cf8e74792884420a5769c2437e17eb6288d0eab194bbb', 'a847fc1d-ec26-415c-92c9-87f261ad6939', '1111111111111111111111111111111111111111111111111111111111111111', false, '2025-07-01 01:15:00');
SELECT pg_catalog.setval('public.feed_id_seq', 19, true);
SELECT pg_catalog.setval('public.keys_serial_seq', 1, false);
SELECT pg_catalog.setval('public.procedures_id_seq', 1, true);
SELECT pg_catalog.setval('public.province_id_seq', 1, false);
ALTER TABLE ONLY public.agencies
    ADD CONSTRAINT pk_agencies PRIMARY KEY (id);
ALTER TABLE ONLY public.certificates
    ADD CONSTRAINT pk_certificates PRIMARY KEY (desk, epoch);
ALTER TABLE ONLY public.claims
    ADD CONSTRAINT pk_claims PRIMARY KEY (code);
ALTER TABLE ONLY public.counters
    ADD CONSTRAINT pk_counters PRIMARY KEY (name);
ALTER TABLE ONLY public.desks
    ADD CONSTRAINT pk_desks PRIMARY KEY (id);
ALTER TABLE ONLY public.documents
    ADD CONSTRAINT pk_documents PRIMARY KEY (kind, version);
ALTER TABLE ONLY public.dossiers
    ADD CONSTRAINT pk_dossiers PRIMARY KEY (id);
ALTER TABLE ONLY public.enrolment_codes
    ADD CONSTRAINT pk_enrolment_codes PRIMARY KEY (secret_hash);
ALTER TABLE ONLY public.entries
    ADD CONSTRAINT pk_entries PRIMARY KEY (desk, epoch, seq);
ALTER TABLE ONLY public.epochs
    ADD CONSTRAINT pk_epochs PRIMARY KEY (desk, epoch);
ALTER TABLE ONLY public.feed
    ADD CONSTRAINT pk_feed PRIMARY KEY (id);
ALTER TABLE ONLY public.keys
    ADD CONSTRAINT pk_keys PRIMARY KEY (serial);
ALTER TABLE ONLY public.payments
    ADD CONSTRAINT pk_payments PRIMARY KEY (entry);
ALTER TABLE ONLY public.procedures
    ADD CONSTRAINT pk_procedures PRIMARY KEY (id);
ALTER TABLE ONLY public.province
    ADD CONSTRAINT pk_province PRIMARY KEY (id);
ALTER TABLE ONLY public.slips
    ADD CONSTRAINT pk_slips PRIMARY KEY (id);
ALTER TABLE ONLY public.staff
    ADD CONSTRAINT pk_staff PRIMARY KEY (id);
ALTER TABLE ONLY public.verdicts
    ADD CONSTRAINT pk_verdicts PRIMARY KEY (desk, epoch, first);
ALTER TABLE ONLY public.waiting
    ADD CONSTRAINT pk_waiting PRIMARY KEY (entry);
ALTER TABLE ONLY public.certificates
    ADD CONSTRAINT uq_certificates_number UNIQUE (number);
ALTER TABLE ONLY public.dossiers
    ADD CONSTRAINT uq_dossiers_official UNIQUE (official);
ALTER TABLE ONLY public.entries
    ADD CONSTRAINT uq_entries_hash UNIQUE (hash);
ALTER TABLE ONLY public.feed
    ADD CONSTRAINT uq_feed_n UNIQUE (n);
ALTER TABLE ONLY public.feed
    ADD CONSTRAINT uq_feed_scope UNIQUE (scope, kind, key);
ALTER TABLE ONLY public.keys
    ADD CONSTRAINT uq_keys_seal_public UNIQUE (seal_public);
CREATE INDEX ix_certificates_key ON public.certificates USING btree (key);
CREATE INDEX ix_claims_dossier ON public.claims USING btree (dossier);
CREATE INDEX ix_desks_agency ON public.desks USING btree (agency);
CREATE INDEX ix_dossiers_code ON public.dossiers USING btree (code);
CREATE INDEX ix_dossiers_received_at ON public.dossiers USING btree (received_at);
CREATE INDEX ix_entries_dossier ON public.entries USING btree (dossier);
CREATE INDEX ix_entries_wanted ON public.entries USING btree (desk) WHERE (body IS NULL);
CREATE INDEX ix_feed_dossier ON public.feed USING btree (dossier);
CREATE INDEX ix_feed_scope_n ON public.feed USING btree (scope, n);
CREATE INDEX ix_payments_dossier ON public.payments USING btree (dossier);
CREATE INDEX ix_procedures_catalogue ON public.procedures USING btree (catalogue);
CREATE INDEX ix_procedures_code ON public.procedures USING btree (code);
CREATE INDEX ix_slips_dossier ON public.slips USING btree (dossier);
CREATE INDEX ix_staff_agency ON public.staff USING btree (agency);
CREATE INDEX ix_waiting_cause ON public.waiting USING btree (cause);
CREATE INDEX ix_waiting_desk ON public.waiting USING btree (desk);
ALTER TABLE ONLY public.certificates
    ADD CONSTRAINT fk_certificates_desk FOREIGN KEY (desk) REFERENCES public.desks(id);
ALTER TABLE ONLY public.dossiers
    ADD CONSTRAINT fk_dossiers_desk FOREIGN KEY (desk, epoch, seq) REFERENCES public.entries(desk, epoch, seq);
ALTER TABLE ONLY public.entries
    ADD CONSTRAINT fk_entries_desk FOREIGN KEY (desk, epoch) REFERENCES public.epochs(desk, epoch);
ALTER TABLE ONLY public.epochs
    ADD CONSTRAINT fk_epochs_desk FOREIGN KEY (desk) REFERENCES public.desks(id);
