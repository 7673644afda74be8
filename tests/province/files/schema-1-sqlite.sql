BEGIN TRANSACTION;
CREATE TABLE agencies (
	id TEXT NOT NULL, 
	data TEXT NOT NULL, 
	CONSTRAINT pk_agencies PRIMARY KEY (id)
);
INSERT INTO "agencies" VALUES('H05.09.169','{"address":"","commune":null,"hotline":"","id":"H05.09.169","name":"TRUNG TÂM","parent_name":"","place":"Vũ Ninh"}');
CREATE TABLE certificates (
	desk CHAR(32) NOT NULL, 
	epoch INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	seal TEXT NOT NULL, 
	not_after DATETIME NOT NULL, 
	statement TEXT NOT NULL, 
	CONSTRAINT pk_certificates PRIMARY KEY (desk, epoch), 
	CONSTRAINT fk_certificates_desk FOREIGN KEY(desk) REFERENCES desks (id), 
	CONSTRAINT uq_certificates_number UNIQUE (number)
);
INSERT INTO "certificates" VALUES('fe0700283bd44afbafb315e5b2ebc499',1,1000,'be1994143f69b2e632b45f11865806daf0c2095ac7a55a618896870407cc75ff','ca9951ec80e1d66b4cfd6162686a2b50da92291c258216baadb474bc3245104e','2027-07-01 01:15:00.000000','{"key":"9fc0921dcb9cfdb402f21a98927e352f3b8eb94f10ad5c7edf44af21431c7538","kind":"commune-desk/desk-certificate/1","payload":"{\"agency\":\"H05.09.169\",\"desk\":\"fe070028-3bd4-4afb-afb3-15e5b2ebc499\",\"epoch\":1,\"key\":\"be1994143f69b2e632b45f11865806daf0c2095ac7a55a618896870407cc75ff\",\"not_after\":\"2027-07-01T01:15:00.000Z\",\"not_before\":\"2025-06-30T01:15:00.000Z\",\"number\":1000,\"province\":\"H05\",\"seal\":\"ca9951ec80e1d66b4cfd6162686a2b50da92291c258216baadb474bc3245104e\",\"v\":1}","signature":"e0dbbec8027302c9586da5bdf04dbf7e6dd7575fd0fe5ee7479bd6544a4f1905d23ed1674d426bc3156a551d434e0f249f91a16ecdac77ae2f513242cb649d01"}');
INSERT INTO "certificates" VALUES('fe0700283bd44afbafb315e5b2ebc499',2,1001,'be1994143f69b2e632b45f11865806daf0c2095ac7a55a618896870407cc75ff','ca9951ec80e1d66b4cfd6162686a2b50da92291c258216baadb474bc3245104e','2027-07-01 01:15:00.000000','{"key":"9fc0921dcb9cfdb402f21a98927e352f3b8eb94f10ad5c7edf44af21431c7538","kind":"commune-desk/desk-certificate/1","payload":"{\"agency\":\"H05.09.169\",\"desk\":\"fe070028-3bd4-4afb-afb3-15e5b2ebc499\",\"epoch\":2,\"key\":\"be1994143f69b2e632b45f11865806daf0c2095ac7a55a618896870407cc75ff\",\"not_after\":\"2027-07-01T01:15:00.000Z\",\"not_before\":\"2025-06-30T01:15:00.000Z\",\"number\":1001,\"province\":\"H05\",\"seal\":\"ca9951ec80e1d66b4cfd6162686a2b50da92291c258216baadb474bc3245104e\",\"v\":1}","signature":"923513a97752b3580db81132dd4ce609a3c5d422c80543e7687e090f076727697ddf002adbef053bd29961454473e7b076c3e92bd2791d417c9e1b8c84462b0a"}');
INSERT INTO "certificates" VALUES('0e718f2734464a6e84ce4ef8501be266',1,1002,'56f568620a33b8f999be331abb4c08cb72b46da13b26e34cc89bbc4e4974c400','bfaf57601c9065172a7ad279625debce407036e260342c39c7ab4ed22322d154','2027-07-01 01:15:00.000000','{"key":"9fc0921dcb9cfdb402f21a98927e352f3b8eb94f10ad5c7edf44af21431c7538","kind":"commune-desk/desk-certificate/1","payload":"{\"agency\":\"H05.09.169\",\"desk\":\"0e718f27-3446-4a6e-84ce-4ef8501be266\",\"epoch\":1,\"key\":\"56f568620a33b8f999be331abb4c08cb72b46da13b26e34cc89bbc4e4974c400\",\"not_after\":\"2027-07-01T01:15:00.000Z\",\"not_before\":\"2025-06-30T01:15:00.000Z\",\"number\":1002,\"province\":\"H05\",\"seal\":\"bfaf57601c9065172a7ad279625debce407036e260342c39c7ab4ed22322d154\",\"v\":1}","signature":"c03b6d744b32c829dd77189b28b6b3ff521285578c519d32ce3ee648b0f81fd078f754ec12f625c32bd52a35ae48f532f32304b6de2aeda4e8cae15ee6044c00"}');
CREATE TABLE claims (
	code TEXT NOT NULL, 
	dossier CHAR(32) NOT NULL, 
	CONSTRAINT pk_claims PRIMARY KEY (code)
);
INSERT INTO "claims" VALUES('H05.09.169-250701-1000001','52a008bff61c4401b85fb41bca899691');
INSERT INTO "claims" VALUES('TAM-250701-0123-4567-8901','1d81fbe723bc47b0afa1e8225eeca645');
INSERT INTO "claims" VALUES('H05.09.169-250701-0001','1d81fbe723bc47b0afa1e8225eeca645');
INSERT INTO "claims" VALUES('H05.09.169-250701-1001001','9589e42cdd1a4e38a51bc975a871e9fb');
CREATE TABLE counters (
	name TEXT NOT NULL, 
	n INTEGER NOT NULL, 
	CONSTRAINT pk_counters PRIMARY KEY (name)
);
INSERT INTO "counters" VALUES('feed',20);
INSERT INTO "counters" VALUES('code H05.09.169 2025-07-01',1);
CREATE TABLE desks (
	id CHAR(32) NOT NULL, 
	agency TEXT NOT NULL, 
	enrolled_at DATETIME NOT NULL, 
	revoked_at DATETIME, 
	last_contact DATETIME, 
	software TEXT NOT NULL, 
	unsent INTEGER NOT NULL, 
	CONSTRAINT pk_desks PRIMARY KEY (id)
);
INSERT INTO "desks" VALUES('fe0700283bd44afbafb315e5b2ebc499','H05.09.169','2025-07-01 01:15:00.000000',NULL,'2025-07-01 01:15:00.000000','driver/1',1);
INSERT INTO "desks" VALUES('0e718f2734464a6e84ce4ef8501be266','H05.09.169','2025-07-01 01:15:00.000000',NULL,'2025-07-01 01:15:00.000000','driver/1',2);
CREATE TABLE documents (
	kind TEXT NOT NULL, 
	version TEXT NOT NULL, 
	statement TEXT NOT NULL, 
	published_at DATETIME NOT NULL, 
	CONSTRAINT pk_documents PRIMARY KEY (kind, version)
);
INSERT INTO "documents" VALUES('calendar','1','{"key":"9fc0921dcb9cfdb402f21a98927e352f3b8eb94f10ad5c7edf44af21431c7538","kind":"commune-desk/calendar/1","payload":"{\"first_day\":\"2025-01-01\",\"last_day\":\"2025-12-31\",\"version\":\"1\"}","signature":"3112ca1eb05f1681a681dfa29878d1753f06ad21789746f27353d4fe6ca949577f2cedef6533410bc4530c80ecfa4447089327b5ce53bfd3a3a81c81eb33be0c"}','2025-07-01 01:15:00.000000');
INSERT INTO "documents" VALUES('catalogue','1','{"key":"9fc0921dcb9cfdb402f21a98927e352f3b8eb94f10ad5c7edf44af21431c7538","kind":"commune-desk/catalogue/1","payload":"{\"procedures\":[{\"code\":\"2.000815\",\"valid_from\":\"2025-07-01\"}],\"version\":\"1\"}","signature":"b8af2f74c0ff50f5795e2f6c4ffadfccc91ab9396c8d79254cbee0c9b828afe7944b58487fea2ea0f3d0594b7c1065c921e51779023d91e80d63f569787a3b03"}','2025-07-01 01:15:00.000000');
CREATE TABLE dossiers (
	id CHAR(32) NOT NULL, 
	desk CHAR(32) NOT NULL, 
	epoch INTEGER NOT NULL, 
	seq INTEGER NOT NULL, 
	code TEXT NOT NULL, 
	official TEXT, 
	provisional BOOLEAN NOT NULL, 
	recovered BOOLEAN NOT NULL, 
	procedure TEXT NOT NULL, 
	receiving_agency TEXT NOT NULL, 
	resolving_agency TEXT NOT NULL, 
	received_at TEXT NOT NULL, 
	due_at TEXT, 
	status INTEGER NOT NULL, 
	voided BOOLEAN NOT NULL, 
	CONSTRAINT pk_dossiers PRIMARY KEY (id), 
	CONSTRAINT fk_dossiers_desk FOREIGN KEY(desk, epoch, seq) REFERENCES entries (desk, epoch, seq), 
	CONSTRAINT uq_dossiers_official UNIQUE (official)
);
INSERT INTO "dossiers" VALUES('52a008bff61c4401b85fb41bca899691','fe0700283bd44afbafb315e5b2ebc499',1,2,'H05.09.169-250701-1000001',NULL,0,0,'2.000815','H05.09.169','H05.09.169','2025-07-01T01:15:00.000Z','2025-07-01T09:15:00.000Z',9,0);
INSERT INTO "dossiers" VALUES('843d2f0287d34d819bfdc562fb6e463a','fe0700283bd44afbafb315e5b2ebc499',1,4,'H05.09.169-250701-1000002',NULL,0,0,'9.999999','H05.09.169','H05.09.169','2025-07-01T01:15:00.000Z','2025-07-01T09:15:00.000Z',2,0);
INSERT INTO "dossiers" VALUES('1d81fbe723bc47b0afa1e8225eeca645','fe0700283bd44afbafb315e5b2ebc499',1,5,'TAM-250701-0123-4567-8901','H05.09.169-250701-0001',1,0,'2.000815','H05.09.169','H05.09.169','2025-07-01T01:15:00.000Z','2025-07-01T09:15:00.000Z',2,0);
INSERT INTO "dossiers" VALUES('9589e42cdd1a4e38a51bc975a871e9fb','fe0700283bd44afbafb315e5b2ebc499',2,2,'H05.09.169-250701-1001001',NULL,0,0,'2.000815','H05.09.169','H05.09.169','2025-07-01T01:15:00.000Z','2025-07-01T09:15:00.000Z',2,0);
CREATE TABLE enrolment_codes (
	secret_hash TEXT NOT NULL, 
	agency TEXT NOT NULL, 
	supervisor TEXT NOT NULL, 
	made_at DATETIME NOT NULL, 
	expires_at DATETIME NOT NULL, 
	desk CHAR(32), 
	"key" TEXT, 
	CONSTRAINT pk_enrolment_codes PRIMARY KEY (secret_hash)
);
INSERT INTO "enrolment_codes" VALUES('117b122a1fecae0fe0cd37d0469fe64fb4b22c972ba440bb073bb7cc91bea4a3','H05.09.169','nguoi-phu-trach-vu-ninh','2025-07-01 01:15:00.000000','2025-07-15 01:15:00.000000','fe0700283bd44afbafb315e5b2ebc499','be1994143f69b2e632b45f11865806daf0c2095ac7a55a618896870407cc75ff');
INSERT INTO "enrolment_codes" VALUES('2e63b64efffb09d08e40ee48c00edc1aeb7d090bbc9bd331019830bd1190a8b5','H05.09.169','nguoi-phu-trach-vu-ninh','2025-07-01 01:15:00.000000','2025-07-15 01:15:00.000000','0e718f2734464a6e84ce4ef8501be266','56f568620a33b8f999be331abb4c08cb72b46da13b26e34cc89bbc4e4974c400');
CREATE TABLE entries (
	desk CHAR(32) NOT NULL, 
	epoch INTEGER NOT NULL, 
	seq INTEGER NOT NULL, 
	hash TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	dossier CHAR(32), 
	head TEXT NOT NULL, 
	body TEXT, 
	salt BLOB, 
	signature BLOB, 
	erased BOOLEAN NOT NULL, 
	held_at DATETIME NOT NULL, 
	CONSTRAINT pk_entries PRIMARY KEY (desk, epoch, seq), 
	CONSTRAINT fk_entries_desk FOREIGN KEY(desk, epoch) REFERENCES epochs (desk, epoch), 
	CONSTRAINT uq_entries_hash UNIQUE (hash)
);
INSERT INTO "entries" VALUES('fe0700283bd44afbafb315e5b2ebc499',1,1,'61f2869ef833fbf8269cd3c5fcab3c708f7f33d366be52cc57affa24a82d01cf','epoch_opened',NULL,'{"after":null,"clerk":"nguoi-phu-trach-vu-ninh","commitment":"b59444ef36a4a2cdcab9be23231bee0bb7713625e37522fce2d108e0af3132b4","desk":"fe070028-3bd4-4afb-afb3-15e5b2ebc499","dossier":null,"epoch":1,"kind":"epoch_opened","kind_version":1,"offset":null,"previous":"0000000000000000000000000000000000000000000000000000000000000000","seq":1,"time":"2025-07-01T01:15:00.000Z","v":1}','{"certificate":{"key":"9fc0921dcb9cfdb402f21a98927e352f3b8eb94f10ad5c7edf44af21431c7538","kind":"commune-desk/desk-certificate/1","payload":"{\"agency\":\"H05.09.169\",\"desk\":\"fe070028-3bd4-4afb-afb3-15e5b2ebc499\",\"epoch\":1,\"key\":\"be1994143f69b2e632b45f11865806daf0c2095ac7a55a618896870407cc75ff\",\"not_after\":\"2027-07-01T01:15:00.000Z\",\"not_before\":\"2025-06-30T01:15:00.000Z\",\"number\":1000,\"province\":\"H05\",\"seal\":\"ca9951ec80e1d66b4cfd6162686a2b50da92291c258216baadb474bc3245104e\",\"v\":1}","signature":"e0dbbec8027302c9586da5bdf04dbf7e6dd7575fd0fe5ee7479bd6544a4f1905d23ed1674d426bc3156a551d434e0f249f91a16ecdac77ae2f513242cb649d01"},"parent":null,"reason":"enrolled","software":"driver"}',X'273389693ECBEB961AC4CF0DC4CE89F6706CC2471E18456EB1AF6C3541C8561E',X'6CE750ABDC0FED98511DD16AFDC99B6E7B71A4EA59D9B3F7E2DD4B14D46DC38A659852A01443C6268F9A13317D143EDDFEFC643F5609F0DE1DEFBC5B33D65107',0,'2025-07-01 01:15:00.000000');
INSERT INTO "entries" VALUES('fe0700283bd44afbafb315e5b2ebc499',1,2,'3d8ed1a0cc92afebb6ff30e3bb6b3a840ad5022146ce8cf01398d1598e15873c','dossier_accepted','52a008bff61c4401b85fb41bca899691','{"after":null,"clerk":"nguoi-phu-trach-vu-ninh","commitment":"3f1e5ac17557ee57f41d4cf161efec515c754cb272570359c6582ad787aa84f6","desk":"fe070028-3bd4-4afb-afb3-15e5b2ebc499","dossier":"52a008bf-f61c-4401-b85f-b41bca899691","epoch":1,"kind":"dossier_accepted","kind_version":1,"offset":null,"previous":"61f2869ef833fbf8269cd3c5fcab3c708f7f33d366be52cc57affa24a82d01cf","seq":2,"time":"2025-07-01T01:15:00.000Z","v":1}','{"applicant":{"address":{"commune":"09169","detail":"Khu 3"},"date_of_birth":"1980-02-03","email":null,"full_name":"Nguyễn Thị Lan","kind":"citizen","personal_id":"027180001234","phone":"0912345678","sex":"female"},"case":null,"catalogue":"1","channel":"direct","client_id":"18db2aff-cf44-4c9c-9f52-4ec48777edf1","code":"H05.09.169-250701-1000001","due_at":"2025-07-01T09:15:00.000Z","fees":[{"amount":2000,"count":2,"kind":"fee","name":"Phí chứng thực","paid":"cash"}],"note":"","owner":null,"procedure":"2.000815","procedure_name":"Chứng thực bản sao từ bản chính","procedure_version":"1","provisional":false,"received_at":"2025-07-01T01:15:00.000Z","receiving_agency":"H05.09.169","recovered":false,"register_book":"2025-1000","register_line":1,"requirements":[{"certified":0,"copies":2,"name":"Bản chính","originals":1,"pages":0}],"resolving_agency":"H05.09.169","return_by":"counter","time_limit":"trong ngày"}',X'8E6FD822BDE23E9452EF62EBC2C7ECCD85ED634F84003A37141FE40A77DFC6BB',X'072488ED84BD3623D4E07AAE9E123921F322CD1049B4A5DF13CE6BCE0B7CD16362C2E0FEEB95CAF8F6D798B7B251E578320FCC978D6A620CC06550F2AC1F8A04',0,'2025-07-01 01:15:00.000000');
INSERT INTO "entries" VALUES('fe0700283bd44afbafb315e5b2ebc499',1,3,'5db3cac0c048417701940dfbb4dbea9b3780783a439b4967b6e6df771676f37f','fee_taken','52a008bff61c4401b85fb41bca899691','{"after":"3d8ed1a0cc92afebb6ff30e3bb6b3a840ad5022146ce8cf01398d1598e15873c","clerk":"nguoi-phu-trach-vu-ninh","commitment":"a4e893b89284fe35299bfea97c676635878f2ac07b106d4aacc687ee53c91d6a","desk":"fe070028-3bd4-4afb-afb3-15e5b2ebc499","dossier":"52a008bf-f61c-4401-b85f-b41bca899691","epoch":1,"kind":"fee_taken","kind_version":1,"offset":null,"previous":"3d8ed1a0cc92afebb6ff30e3bb6b3a840ad5022146ce8cf01398d1598e15873c","seq":3,"time":"2025-07-01T01:15:00.000Z","v":1}','{"fees":[{"amount":2000,"count":2,"kind":"fee","name":"Phí","paid":"cash"}],"total":4000}',X'C893ECDC7EF2637629A8412550177765C090CB337EFCC655D5CD7D4F2970C04D',X'B756321A6B21D63F4707396111C49F36CCA6CFC715C300D6B872147DD58185B21065F027E00A61D4081B381EA5D17407696E50D711BBBBFDCB7E9F5E98756402',0,'2025-07-01 01:15:00.000000');
INSERT INTO "entries" VALUES('fe0700283bd44afbafb315e5b2ebc499',1,4,'0cb183ef6a12b50a3de257678fb974928ea9e5bcede98a9f61c1f48c9d92c331','dossier_accepted','843d2f0287d34d819bfdc562fb6e463a','{"after":null,"clerk":"nguoi-phu-trach-vu-ninh","commitment":"51a77453737f4c1f2fbc0dc750ea3e3ce64a188f0116f22082a29d512a3c6b42","desk":"fe070028-3bd4-4afb-afb3-15e5b2ebc499","dossier":"843d2f02-87d3-4d81-9bfd-c562fb6e463a","epoch":1,"kind":"dossier_accepted","kind_version":1,"offset":null,"previous":"5db3cac0c048417701940dfbb4dbea9b3780783a439b4967b6e6df771676f37f","seq":4,"time":"2025-07-01T01:15:00.000Z","v":1}','{"applicant":{"address":{"commune":"09169","detail":"Khu 3"},"date_of_birth":"1980-02-03","email":null,"full_name":"Nguyễn Thị Lan","kind":"citizen","personal_id":"027180001234","phone":"0912345678","sex":"female"},"case":null,"catalogue":"1","channel":"direct","client_id":"240bc687-19ec-457e-9ecb-38df53ff188c","code":"H05.09.169-250701-1000002","due_at":"2025-07-01T09:15:00.000Z","fees":[{"amount":2000,"count":2,"kind":"fee","name":"Phí chứng thực","paid":"cash"}],"note":"","owner":null,"procedure":"9.999999","procedure_name":"Chứng thực bản sao từ bản chính","procedure_version":"1","provisional":false,"received_at":"2025-07-01T01:15:00.000Z","receiving_agency":"H05.09.169","recovered":false,"register_book":"2025-1000","register_line":1,"requirements":[{"certified":0,"copies":2,"name":"Bản chính","originals":1,"pages":0}],"resolving_agency":"H05.09.169","return_by":"counter","time_limit":"trong ngày"}',X'8CAF94FF9D997F1B5DD160A449E9B9236B7AA2701C32EEF31FFF013B0DD6792E',X'7A2CE6422A9A8CBC38CEBC87974FC0E86A90730F7B83D8E867E1CA8D78FDC9F5F8F1B32A582C9F9E6D32A74D623A3C7F24A17544479EE47AE9505CC3A2B23D08',0,'2025-07-01 01:15:00.000000');
INSERT INTO "entries" VALUES('fe0700283bd44afbafb315e5b2ebc499',1,5,'f3f4e6629b9f0a2660612823a9bd790ba21ce4f64b535a8f5f6be63010707c7f','dossier_accepted','1d81fbe723bc47b0afa1e8225eeca645','{"after":null,"clerk":"nguoi-phu-trach-vu-ninh","commitment":"caa8f4e1edae28180ab93035983b2c64cae1e1d7e7ef1e1c14a024d8d1e4fb57","desk":"fe070028-3bd4-4afb-afb3-15e5b2ebc499","dossier":"1d81fbe7-23bc-47b0-afa1-e8225eeca645","epoch":1,"kind":"dossier_accepted","kind_version":1,"offset":null,"previous":"0cb183ef6a12b50a3de257678fb974928ea9e5bcede98a9f61c1f48c9d92c331","seq":5,"time":"2025-07-01T01:15:00.000Z","v":1}','{"applicant":{"address":{"commune":"09169","detail":"Khu 3"},"date_of_birth":"1980-02-03","email":null,"full_name":"Nguyễn Thị Lan","kind":"citizen","personal_id":"027180001234","phone":"0912345678","sex":"female"},"case":null,"catalogue":"1","channel":"direct","client_id":"1eea6a2f-11cc-433b-a3cf-24c611ac16fb","code":"TAM-250701-0123-4567-8901","due_at":"2025-07-01T09:15:00.000Z","fees":[{"amount":2000,"count":2,"kind":"fee","name":"Phí chứng thực","paid":"cash"}],"note":"","owner":null,"procedure":"2.000815","procedure_name":"Chứng thực bản sao từ bản chính","procedure_version":"1","provisional":true,"received_at":"2025-07-01T01:15:00.000Z","receiving_agency":"H05.09.169","recovered":false,"register_book":"2025-1000","register_line":1,"requirements":[{"certified":0,"copies":2,"name":"Bản chính","originals":1,"pages":0}],"resolving_agency":"H05.09.169","return_by":"counter","time_limit":"trong ngày"}',X'37AD81A41A83CCA850CCCAD907BBC777BA4AE1821D4EF851958B154007E472E9',X'2F830064758A190F1B22C58569256B05F71F11DE0F5CB79F87282DF9A80FBA048928C58F128E6285FBAB708F9EF1263010DBAE2A2D0EB4CB3199EF99258D2F01',0,'2025-07-01 01:15:00.000000');
INSERT INTO "entries" VALUES('fe0700283bd44afbafb315e5b2ebc499',2,1,'c0fc866adadef36b9ba596c74122efe87d83ee378d1175925a6411229c7bc119','epoch_opened',NULL,'{"after":null,"clerk":"nguoi-phu-trach-vu-ninh","commitment":"5ff3cb160e2e34762c36de858ea3294f54ae8cb6d25f57dba9955d019411778e","desk":"fe070028-3bd4-4afb-afb3-15e5b2ebc499","dossier":null,"epoch":2,"kind":"epoch_opened","kind_version":1,"offset":null,"previous":"f3f4e6629b9f0a2660612823a9bd790ba21ce4f64b535a8f5f6be63010707c7f","seq":1,"time":"2025-07-01T01:15:00.000Z","v":1}','{"certificate":null,"parent":{"epoch":1,"hash":"f3f4e6629b9f0a2660612823a9bd790ba21ce4f64b535a8f5f6be63010707c7f","seq":5},"reason":"restored","software":"driver"}',X'696FE9877174A730988D2F2F55A2C51332D999C7BE58B3B15CEB8FA74942567E',X'EE7E4984242B40493B99E3C6C949C47FE5039752FB13EED1822B3F80CD8C63F7A692834C958C1A6A026550A66DE89D4EE3BD27E4B4C4D52F91C09AD3BEEBC701',0,'2025-07-01 01:15:00.000000');
INSERT INTO "entries" VALUES('fe0700283bd44afbafb315e5b2ebc499',2,2,'0f548149f8044ab5bbe68768f5e7ac4e3513ecd20a98fc9e155048bdda75ac34','dossier_accepted','9589e42cdd1a4e38a51bc975a871e9fb','{"after":null,"clerk":"nguoi-phu-trach-vu-ninh","commitment":"aac5d6e00030e90b131ea5676e453bdb864741f52a437709a2bb12c4cbe56f32","desk":"fe070028-3bd4-4afb-afb3-15e5b2ebc499","dossier":"9589e42c-dd1a-4e38-a51b-c975a871e9fb","epoch":2,"kind":"dossier_accepted","kind_version":1,"offset":null,"previous":"c0fc866adadef36b9ba596c74122efe87d83ee378d1175925a6411229c7bc119","seq":2,"time":"2025-07-01T01:15:00.000Z","v":1}','{"applicant":{"address":{"commune":"09169","detail":"Khu 3"},"date_of_birth":"1980-02-03","email":null,"full_name":"Nguyễn Thị Lan","kind":"citizen","personal_id":"027180001234","phone":"0912345678","sex":"female"},"case":null,"catalogue":"1","channel":"direct","client_id":"4d09f6c5-0359-4987-a843-4b0436ad6374","code":"H05.09.169-250701-1001001","due_at":"2025-07-01T09:15:00.000Z","fees":[{"amount":2000,"count":2,"kind":"fee","name":"Phí chứng thực","paid":"cash"}],"note":"","owner":null,"procedure":"2.000815","procedure_name":"Chứng thực bản sao từ bản chính","procedure_version":"1","provisional":false,"received_at":"2025-07-01T01:15:00.000Z","receiving_agency":"H05.09.169","recovered":false,"register_book":"2025-1000","register_line":1,"requirements":[{"certified":0,"copies":2,"name":"Bản chính","originals":1,"pages":0}],"resolving_agency":"H05.09.169","return_by":"counter","time_limit":"trong ngày"}',X'C3DA661F64BAD732744819BB46DB0F53172B9AB1955037192E49CAE06C31BF3A',X'486CE04E73B0EA50646A2AB7A458E11BDD4DA4C90AD6156F3C75281BD534A5B5BA5C06ED24D58C1AC4447BEC6D5380F1821DE977DEFD1FB218DF62703D5C8303',0,'2025-07-01 01:15:00.000000');
INSERT INTO "entries" VALUES('0e718f2734464a6e84ce4ef8501be266',1,1,'44b30317b1f4a060855715156b629e15aa070685dce7a2afc6afed059ff139b4','epoch_opened',NULL,'{"after":null,"clerk":"nguoi-phu-trach-vu-ninh","commitment":"de24606f8f73d0c1b0e60d69bc90c3d1cafdc80868d9d7dffd1c59506109f6e9","desk":"0e718f27-3446-4a6e-84ce-4ef8501be266","dossier":null,"epoch":1,"kind":"epoch_opened","kind_version":1,"offset":null,"previous":"0000000000000000000000000000000000000000000000000000000000000000","seq":1,"time":"2025-07-01T01:15:00.000Z","v":1}','{"certificate":{"key":"9fc0921dcb9cfdb402f21a98927e352f3b8eb94f10ad5c7edf44af21431c7538","kind":"commune-desk/desk-certificate/1","payload":"{\"agency\":\"H05.09.169\",\"desk\":\"0e718f27-3446-4a6e-84ce-4ef8501be266\",\"epoch\":1,\"key\":\"56f568620a33b8f999be331abb4c08cb72b46da13b26e34cc89bbc4e4974c400\",\"not_after\":\"2027-07-01T01:15:00.000Z\",\"not_before\":\"2025-06-30T01:15:00.000Z\",\"number\":1002,\"province\":\"H05\",\"seal\":\"bfaf57601c9065172a7ad279625debce407036e260342c39c7ab4ed22322d154\",\"v\":1}","signature":"c03b6d744b32c829dd77189b28b6b3ff521285578c519d32ce3ee648b0f81fd078f754ec12f625c32bd52a35ae48f532f32304b6de2aeda4e8cae15ee6044c00"},"parent":null,"reason":"enrolled","software":"driver"}',X'1000DE81719E2857834070BB0FCB12B19CBBC152B19461799BFA592725161295',X'56AFABFA3C19F90C8E185AA18071EEBA881F3E49FA654FB0F57BCA59A11ED39264CE4E758812666432224F65E9FE43164319F83809AB8B36D9A689AE2343CC0B',0,'2025-07-01 01:15:00.000000');
INSERT INTO "entries" VALUES('0e718f2734464a6e84ce4ef8501be266',1,2,'09e97b9a246913bb9fec6d6b4b5d6a55b43e42b1f16ab56d78bcac0ae034ea39','dossier_voided','52a008bff61c4401b85fb41bca899691','{"after":"1111111111111111111111111111111111111111111111111111111111111111","clerk":"nguoi-phu-trach-vu-ninh","commitment":"008deacfebcbdef812b7c25a540bcca67ccb4f3470740418e269645941ecaeb4","desk":"0e718f27-3446-4a6e-84ce-4ef8501be266","dossier":"52a008bf-f61c-4401-b85f-b41bca899691","epoch":1,"kind":"dossier_voided","kind_version":1,"offset":null,"previous":"44b30317b1f4a060855715156b629e15aa070685dce7a2afc6afed059ff139b4","seq":2,"time":"2025-07-01T01:15:00.000Z","v":1}','{"reason":"Nhầm"}',X'637FE14D1EC5FE735AA805F48184AE5FAA253AE926410265FF45A366B28368B5',X'C757093869C87237F0B3E50665E544CF457B81DF91EEF7EA00CDBC6DD55FB13CC20797A31BFF01A9F2EE3C5AAA0271BF8D9DFF81AC59FDED7A15E5ACB9F1100D',0,'2025-07-01 01:15:00.000000');
CREATE TABLE epochs (
	desk CHAR(32) NOT NULL, 
	epoch INTEGER NOT NULL, 
	seq INTEGER NOT NULL, 
	hash TEXT NOT NULL, 
	judged INTEGER NOT NULL, 
	parent_epoch INTEGER, 
	parent_seq INTEGER, 
	CONSTRAINT pk_epochs PRIMARY KEY (desk, epoch), 
	CONSTRAINT fk_epochs_desk FOREIGN KEY(desk) REFERENCES desks (id)
);
INSERT INTO "epochs" VALUES('fe0700283bd44afbafb315e5b2ebc499',1,5,'f3f4e6629b9f0a2660612823a9bd790ba21ce4f64b535a8f5f6be63010707c7f',5,NULL,NULL);
INSERT INTO "epochs" VALUES('fe0700283bd44afbafb315e5b2ebc499',2,2,'0f548149f8044ab5bbe68768f5e7ac4e3513ecd20a98fc9e155048bdda75ac34',2,1,5);
INSERT INTO "epochs" VALUES('0e718f2734464a6e84ce4ef8501be266',1,2,'09e97b9a246913bb9fec6d6b4b5d6a55b43e42b1f16ab56d78bcac0ae034ea39',2,NULL,NULL);
CREATE TABLE feed (
	id INTEGER NOT NULL, 
	n INTEGER NOT NULL, 
	scope TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	data TEXT, 
	dossier CHAR(32), 
	desk CHAR(32), 
	epoch INTEGER, 
	seq INTEGER, 
	CONSTRAINT pk_feed PRIMARY KEY (id), 
	CONSTRAINT uq_feed_scope UNIQUE (scope, kind, "key"), 
	CONSTRAINT uq_feed_n UNIQUE (n)
);
INSERT INTO "feed" VALUES(1,1,'*','policy','policy','{"codes":"desk","keep_months":24,"lookup":""}',NULL,NULL,NULL,NULL);
INSERT INTO "feed" VALUES(2,2,'*','agency','H05.09.169','{"address":"","commune":null,"hotline":"","id":"H05.09.169","name":"TRUNG TÂM","parent_name":"","place":"Vũ Ninh"}',NULL,NULL,NULL,NULL);
INSERT INTO "feed" VALUES(3,3,'*','calendar','vn','{"statement":{"key":"9fc0921dcb9cfdb402f21a98927e352f3b8eb94f10ad5c7edf44af21431c7538","kind":"commune-desk/calendar/1","payload":"{\"first_day\":\"2025-01-01\",\"last_day\":\"2025-12-31\",\"version\":\"1\"}","signature":"3112ca1eb05f1681a681dfa29878d1753f06ad21789746f27353d4fe6ca949577f2cedef6533410bc4530c80ecfa4447089327b5ce53bfd3a3a81c81eb33be0c"},"version":"1"}',NULL,NULL,NULL,NULL);
INSERT INTO "feed" VALUES(4,4,'*','catalogue','1','{"statement":{"key":"9fc0921dcb9cfdb402f21a98927e352f3b8eb94f10ad5c7edf44af21431c7538","kind":"commune-desk/catalogue/1","payload":"{\"procedures\":[{\"code\":\"2.000815\",\"valid_from\":\"2025-07-01\"}],\"version\":\"1\"}","signature":"b8af2f74c0ff50f5795e2f6c4ffadfccc91ab9396c8d79254cbee0c9b828afe7944b58487fea2ea0f3d0594b7c1065c921e51779023d91e80d63f569787a3b03"},"version":"1"}',NULL,NULL,NULL,NULL);
INSERT INTO "feed" VALUES(5,5,'H05.09.169','staff','nguoi-phu-trach-vu-ninh','{"active":true,"agency":"H05.09.169","full_name":"Người phụ trách Vũ Ninh","id":"nguoi-phu-trach-vu-ninh","pin_code":null,"role":"supervisor"}',NULL,NULL,NULL,NULL);
INSERT INTO "feed" VALUES(6,6,'*','desk','fe070028-3bd4-4afb-afb3-15e5b2ebc499/1','{"certificate":{"key":"9fc0921dcb9cfdb402f21a98927e352f3b8eb94f10ad5c7edf44af21431c7538","kind":"commune-desk/desk-certificate/1","payload":"{\"agency\":\"H05.09.169\",\"desk\":\"fe070028-3bd4-4afb-afb3-15e5b2ebc499\",\"epoch\":1,\"key\":\"be1994143f69b2e632b45f11865806daf0c2095ac7a55a618896870407cc75ff\",\"not_after\":\"2027-07-01T01:15:00.000Z\",\"not_before\":\"2025-06-30T01:15:00.000Z\",\"number\":1000,\"province\":\"H05\",\"seal\":\"ca9951ec80e1d66b4cfd6162686a2b50da92291c258216baadb474bc3245104e\",\"v\":1}","signature":"e0dbbec8027302c9586da5bdf04dbf7e6dd7575fd0fe5ee7479bd6544a4f1905d23ed1674d426bc3156a551d434e0f249f91a16ecdac77ae2f513242cb649d01"},"revoked":false}',NULL,NULL,NULL,NULL);
INSERT INTO "feed" VALUES(7,7,'H05.09.169','dossier','52a008bf-f61c-4401-b85f-b41bca899691','{"desk":"fe070028-3bd4-4afb-afb3-15e5b2ebc499","dossier":"{\"applicant\":{\"address\":{\"commune\":\"09169\",\"detail\":\"Khu 3\"},\"date_of_birth\":\"1980-02-03\",\"email\":null,\"full_name\":\"Nguyễn Thị Lan\",\"kind\":\"citizen\",\"personal_id\":\"027180001234\",\"phone\":\"0912345678\",\"sex\":\"female\"},\"case\":null,\"catalogue\":\"1\",\"channel\":\"direct\",\"client_id\":\"18db2aff-cf44-4c9c-9f52-4ec48777edf1\",\"code\":\"H05.09.169-250701-1000001\",\"due_at\":\"2025-07-01T09:15:00.000Z\",\"fees\":[{\"amount\":2000,\"count\":2,\"kind\":\"fee\",\"name\":\"Phí chứng thực\",\"paid\":\"cash\"}],\"note\":\"\",\"owner\":null,\"procedure\":\"2.000815\",\"procedure_name\":\"Chứng thực bản sao từ bản chính\",\"procedure_version\":\"1\",\"provisional\":false,\"received_at\":\"2025-07-01T01:15:00.000Z\",\"receiving_agency\":\"H05.09.169\",\"recovered\":false,\"register_book\":\"2025-1000\",\"register_line\":1,\"requirements\":[{\"certified\":0,\"copies\":2,\"name\":\"Bản chính\",\"originals\":1,\"pages\":0}],\"resolving_agency\":\"H05.09.169\",\"return_by\":\"counter\",\"time_limit\":\"trong ngày\"}","id":"52a008bf-f61c-4401-b85f-b41bca899691","voided":false}','52a008bff61c4401b85fb41bca899691','fe0700283bd44afbafb315e5b2ebc499',1,2);
INSERT INTO "feed" VALUES(8,8,'H05.09.169','dossier','1d81fbe7-23bc-47b0-afa1-e8225eeca645','{"desk":"fe070028-3bd4-4afb-afb3-15e5b2ebc499","dossier":"{\"applicant\":{\"address\":{\"commune\":\"09169\",\"detail\":\"Khu 3\"},\"date_of_birth\":\"1980-02-03\",\"email\":null,\"full_name\":\"Nguyễn Thị Lan\",\"kind\":\"citizen\",\"personal_id\":\"027180001234\",\"phone\":\"0912345678\",\"sex\":\"female\"},\"case\":null,\"catalogue\":\"1\",\"channel\":\"direct\",\"client_id\":\"1eea6a2f-11cc-433b-a3cf-24c611ac16fb\",\"code\":\"TAM-250701-0123-4567-8901\",\"due_at\":\"2025-07-01T09:15:00.000Z\",\"fees\":[{\"amount\":2000,\"count\":2,\"kind\":\"fee\",\"name\":\"Phí chứng thực\",\"paid\":\"cash\"}],\"note\":\"\",\"owner\":null,\"procedure\":\"2.000815\",\"procedure_name\":\"Chứng thực bản sao từ bản chính\",\"procedure_version\":\"1\",\"provisional\":true,\"received_at\":\"2025-07-01T01:15:00.000Z\",\"receiving_agency\":\"H05.09.169\",\"recovered\":false,\"register_book\":\"2025-1000\",\"register_line\":1,\"requirements\":[{\"certified\":0,\"copies\":2,\"name\":\"Bản chính\",\"originals\":1,\"pages\":0}],\"resolving_agency\":\"H05.09.169\",\"return_by\":\"counter\",\"time_limit\":\"trong ngày\"}","id":"1d81fbe7-23bc-47b0-afa1-e8225eeca645","voided":false}','1d81fbe723bc47b0afa1e8225eeca645','fe0700283bd44afbafb315e5b2ebc499',1,5);
INSERT INTO "feed" VALUES(9,9,'H05.09.169','numbered','1d81fbe7-23bc-47b0-afa1-e8225eeca645','{"code":"H05.09.169-250701-0001","dossier":"1d81fbe7-23bc-47b0-afa1-e8225eeca645"}','1d81fbe723bc47b0afa1e8225eeca645',NULL,NULL,NULL);
INSERT INTO "feed" VALUES(10,10,'H05.09.169','verdict','fe070028-3bd4-4afb-afb3-15e5b2ebc499/1/1','{"desk":"fe070028-3bd4-4afb-afb3-15e5b2ebc499","dossier":null,"entry":null,"epoch":1,"field":null,"first":1,"last":3,"reason":null,"verdict":"applied"}',NULL,'fe0700283bd44afbafb315e5b2ebc499',1,1);
INSERT INTO "feed" VALUES(11,11,'H05.09.169','verdict','fe070028-3bd4-4afb-afb3-15e5b2ebc499/1/4','{"desk":"fe070028-3bd4-4afb-afb3-15e5b2ebc499","dossier":"843d2f02-87d3-4d81-9bfd-c562fb6e463a","entry":"0cb183ef6a12b50a3de257678fb974928ea9e5bcede98a9f61c1f48c9d92c331","epoch":1,"field":"procedure","first":4,"last":4,"reason":{"en":"The procedure is in no catalogue.","vi":"Thủ tục không có trong danh mục."},"verdict":"refused"}','843d2f0287d34d819bfdc562fb6e463a','fe0700283bd44afbafb315e5b2ebc499',1,4);
INSERT INTO "feed" VALUES(12,12,'H05.09.169','verdict','fe070028-3bd4-4afb-afb3-15e5b2ebc499/1/5','{"desk":"fe070028-3bd4-4afb-afb3-15e5b2ebc499","dossier":null,"entry":null,"epoch":1,"field":null,"first":5,"last":5,"reason":null,"verdict":"applied"}',NULL,'fe0700283bd44afbafb315e5b2ebc499',1,5);
INSERT INTO "feed" VALUES(13,13,'H05.09.169','status','52a008bf-f61c-4401-b85f-b41bca899691','{"at":"2025-07-01T01:15:00.000Z","by":"H05","code":"H05.09.169-250701-1000001","dossier":"52a008bf-f61c-4401-b85f-b41bca899691","due_at":null,"note":"","status":9}','52a008bff61c4401b85fb41bca899691',NULL,NULL,NULL);
INSERT INTO "feed" VALUES(14,14,'*','desk','fe070028-3bd4-4afb-afb3-15e5b2ebc499/2','{"certificate":{"key":"9fc0921dcb9cfdb402f21a98927e352f3b8eb94f10ad5c7edf44af21431c7538","kind":"commune-desk/desk-certificate/1","payload":"{\"agency\":\"H05.09.169\",\"desk\":\"fe070028-3bd4-4afb-afb3-15e5b2ebc499\",\"epoch\":2,\"key\":\"be1994143f69b2e632b45f11865806daf0c2095ac7a55a618896870407cc75ff\",\"not_after\":\"2027-07-01T01:15:00.000Z\",\"not_before\":\"2025-06-30T01:15:00.000Z\",\"number\":1001,\"province\":\"H05\",\"seal\":\"ca9951ec80e1d66b4cfd6162686a2b50da92291c258216baadb474bc3245104e\",\"v\":1}","signature":"923513a97752b3580db81132dd4ce609a3c5d422c80543e7687e090f076727697ddf002adbef053bd29961454473e7b076c3e92bd2791d417c9e1b8c84462b0a"},"revoked":false}',NULL,NULL,NULL,NULL);
INSERT INTO "feed" VALUES(15,17,'H05.09.169','verdict','fe070028-3bd4-4afb-afb3-15e5b2ebc499/2/1','{"desk":"fe070028-3bd4-4afb-afb3-15e5b2ebc499","dossier":null,"entry":null,"epoch":2,"field":null,"first":1,"last":2,"reason":null,"verdict":"applied"}',NULL,'fe0700283bd44afbafb315e5b2ebc499',2,1);
INSERT INTO "feed" VALUES(16,16,'H05.09.169','dossier','9589e42c-dd1a-4e38-a51b-c975a871e9fb','{"desk":"fe070028-3bd4-4afb-afb3-15e5b2ebc499","dossier":"{\"applicant\":{\"address\":{\"commune\":\"09169\",\"detail\":\"Khu 3\"},\"date_of_birth\":\"1980-02-03\",\"email\":null,\"full_name\":\"Nguyễn Thị Lan\",\"kind\":\"citizen\",\"personal_id\":\"027180001234\",\"phone\":\"0912345678\",\"sex\":\"female\"},\"case\":null,\"catalogue\":\"1\",\"channel\":\"direct\",\"client_id\":\"4d09f6c5-0359-4987-a843-4b0436ad6374\",\"code\":\"H05.09.169-250701-1001001\",\"due_at\":\"2025-07-01T09:15:00.000Z\",\"fees\":[{\"amount\":2000,\"count\":2,\"kind\":\"fee\",\"name\":\"Phí chứng thực\",\"paid\":\"cash\"}],\"note\":\"\",\"owner\":null,\"procedure\":\"2.000815\",\"procedure_name\":\"Chứng thực bản sao từ bản chính\",\"procedure_version\":\"1\",\"provisional\":false,\"received_at\":\"2025-07-01T01:15:00.000Z\",\"receiving_agency\":\"H05.09.169\",\"recovered\":false,\"register_book\":\"2025-1000\",\"register_line\":1,\"requirements\":[{\"certified\":0,\"copies\":2,\"name\":\"Bản chính\",\"originals\":1,\"pages\":0}],\"resolving_agency\":\"H05.09.169\",\"return_by\":\"counter\",\"time_limit\":\"trong ngày\"}","id":"9589e42c-dd1a-4e38-a51b-c975a871e9fb","voided":false}','9589e42cdd1a4e38a51bc975a871e9fb','fe0700283bd44afbafb315e5b2ebc499',2,2);
INSERT INTO "feed" VALUES(17,18,'*','desk','0e718f27-3446-4a6e-84ce-4ef8501be266/1','{"certificate":{"key":"9fc0921dcb9cfdb402f21a98927e352f3b8eb94f10ad5c7edf44af21431c7538","kind":"commune-desk/desk-certificate/1","payload":"{\"agency\":\"H05.09.169\",\"desk\":\"0e718f27-3446-4a6e-84ce-4ef8501be266\",\"epoch\":1,\"key\":\"56f568620a33b8f999be331abb4c08cb72b46da13b26e34cc89bbc4e4974c400\",\"not_after\":\"2027-07-01T01:15:00.000Z\",\"not_before\":\"2025-06-30T01:15:00.000Z\",\"number\":1002,\"province\":\"H05\",\"seal\":\"bfaf57601c9065172a7ad279625debce407036e260342c39c7ab4ed22322d154\",\"v\":1}","signature":"c03b6d744b32c829dd77189b28b6b3ff521285578c519d32ce3ee648b0f81fd078f754ec12f625c32bd52a35ae48f532f32304b6de2aeda4e8cae15ee6044c00"},"revoked":false}',NULL,NULL,NULL,NULL);
INSERT INTO "feed" VALUES(18,19,'H05.09.169','verdict','0e718f27-3446-4a6e-84ce-4ef8501be266/1/1','{"desk":"0e718f27-3446-4a6e-84ce-4ef8501be266","dossier":null,"entry":null,"epoch":1,"field":null,"first":1,"last":1,"reason":null,"verdict":"applied"}',NULL,'0e718f2734464a6e84ce4ef8501be266',1,1);
INSERT INTO "feed" VALUES(19,20,'H05.09.169','verdict','0e718f27-3446-4a6e-84ce-4ef8501be266/1/2','{"desk":"0e718f27-3446-4a6e-84ce-4ef8501be266","dossier":"52a008bf-f61c-4401-b85f-b41bca899691","entry":"09e97b9a246913bb9fec6d6b4b5d6a55b43e42b1f16ab56d78bcac0ae034ea39","epoch":1,"field":null,"first":2,"last":2,"reason":{"en":"Waiting for another desk''s entry.","vi":"Đang chờ bản ghi của quầy khác."},"verdict":"waiting"}','52a008bff61c4401b85fb41bca899691','0e718f2734464a6e84ce4ef8501be266',1,2);
CREATE TABLE keys (
	serial INTEGER NOT NULL, 
	root TEXT NOT NULL, 
	certificate TEXT NOT NULL, 
	"key" BLOB NOT NULL, 
	seal BLOB NOT NULL, 
	seal_public TEXT NOT NULL, 
	made_at DATETIME NOT NULL, 
	CONSTRAINT pk_keys PRIMARY KEY (serial), 
	CONSTRAINT uq_keys_seal_public UNIQUE (seal_public)
);
INSERT INTO "keys" VALUES(1,'937022c1054656747333fe25bdea44c7b9da19525f4b2f41da87790ad5409953','{"key":"937022c1054656747333fe25bdea44c7b9da19525f4b2f41da87790ad5409953","kind":"commune-desk/province-certificate/1","payload":"{\"key\":\"9fc0921dcb9cfdb402f21a98927e352f3b8eb94f10ad5c7edf44af21431c7538\",\"name\":\"H05\",\"not_after\":\"2030-06-30T01:15:00.000Z\",\"not_before\":\"2025-06-30T01:15:00.000Z\",\"province\":\"H05\",\"seal\":\"c6243cec895588aef1c346b68d27a7ada77655bdf78ade88e0a81cafa90bcc66\",\"serial\":1,\"v\":1}","signature":"635c5374d6760dec0fdfc86c4fa5246d485bcf5fd7fd0cfde33fa0cc6563721f95f33ab2bf08ec862f693e5598ca239aa966a0a542e2ad8d9a94dfa1599ee80f"}',X'FE34FAFED1B268E0A5D170B57C41611582FB7D539AB2F90B2511E8A76F52CF62',X'28BEEADC1FDF68304BCA4748453B8DCE64F74EC93D95ECE5D49AA18F4837C455','c6243cec895588aef1c346b68d27a7ada77655bdf78ade88e0a81cafa90bcc66','2025-07-01 01:15:00.000000');
CREATE TABLE payments (
	entry TEXT NOT NULL, 
	dossier CHAR(32), 
	total INTEGER NOT NULL, 
	CONSTRAINT pk_payments PRIMARY KEY (entry)
);
INSERT INTO "payments" VALUES('5db3cac0c048417701940dfbb4dbea9b3780783a439b4967b6e6df771676f37f','52a008bff61c4401b85fb41bca899691',4000);
CREATE TABLE procedures (
	id INTEGER NOT NULL, 
	catalogue TEXT NOT NULL, 
	code TEXT NOT NULL, 
	valid_from DATE, 
	valid_until DATE, 
	CONSTRAINT pk_procedures PRIMARY KEY (id)
);
INSERT INTO "procedures" VALUES(1,'1','2.000815','2025-07-01',NULL);
CREATE TABLE province (
	id INTEGER NOT NULL, 
	schema INTEGER NOT NULL, 
	province TEXT NOT NULL, 
	name TEXT NOT NULL, 
	incarnation TEXT NOT NULL, 
	founded_at DATETIME NOT NULL, 
	policy TEXT NOT NULL, 
	CONSTRAINT pk_province PRIMARY KEY (id)
);
INSERT INTO "province" VALUES(1,1,'H05','H05','a78d515d592a4167bb5de7ee60d7575b','2025-07-01 01:15:00.000000','{"codes":"desk","keep_months":24,"lookup":""}');
CREATE TABLE slips (
	id CHAR(32) NOT NULL, 
	dossier CHAR(32), 
	issue INTEGER NOT NULL, 
	code TEXT NOT NULL, 
	outcome TEXT, 
	CONSTRAINT pk_slips PRIMARY KEY (id)
);
CREATE TABLE staff (
	id TEXT NOT NULL, 
	agency TEXT NOT NULL, 
	data TEXT NOT NULL, 
	CONSTRAINT pk_staff PRIMARY KEY (id)
);
INSERT INTO "staff" VALUES('nguoi-phu-trach-vu-ninh','H05.09.169','{"active":true,"agency":"H05.09.169","full_name":"Người phụ trách Vũ Ninh","id":"nguoi-phu-trach-vu-ninh","pin_code":null,"role":"supervisor"}');
CREATE TABLE verdicts (
	desk CHAR(32) NOT NULL, 
	epoch INTEGER NOT NULL, 
	first INTEGER NOT NULL, 
	last INTEGER NOT NULL, 
	verdict TEXT NOT NULL, 
	entry TEXT, 
	dossier CHAR(32), 
	field TEXT, 
	reason_vi TEXT, 
	reason_en TEXT, 
	CONSTRAINT pk_verdicts PRIMARY KEY (desk, epoch, first)
);
INSERT INTO "verdicts" VALUES('fe0700283bd44afbafb315e5b2ebc499',1,1,3,'applied',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "verdicts" VALUES('fe0700283bd44afbafb315e5b2ebc499',1,4,4,'refused','0cb183ef6a12b50a3de257678fb974928ea9e5bcede98a9f61c1f48c9d92c331','843d2f0287d34d819bfdc562fb6e463a','procedure','Thủ tục không có trong danh mục.','The procedure is in no catalogue.');
INSERT INTO "verdicts" VALUES('fe0700283bd44afbafb315e5b2ebc499',1,5,5,'applied',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "verdicts" VALUES('fe0700283bd44afbafb315e5b2ebc499',2,1,2,'applied',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "verdicts" VALUES('0e718f2734464a6e84ce4ef8501be266',1,1,1,'applied',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "verdicts" VALUES('0e718f2734464a6e84ce4ef8501be266',1,2,2,'waiting','09e97b9a246913bb9fec6d6b4b5d6a55b43e42b1f16ab56d78bcac0ae034ea39','52a008bff61c4401b85fb41bca899691',NULL,'Đang chờ bản ghi của quầy khác.','Waiting for another desk''s entry.');
CREATE TABLE waiting (
	entry TEXT NOT NULL, 
	desk CHAR(32) NOT NULL, 
	cause TEXT, 
	for_body BOOLEAN NOT NULL, 
	since DATETIME NOT NULL, 
	CONSTRAINT pk_waiting PRIMARY KEY (entry)
);
INSERT INTO "waiting" VALUES('09e97b9a246913bb9fec6d6b4b5d6a55b43e42b1f16ab56d78bcac0ae034ea39','0e718f2734464a6e84ce4ef8501be266','1111111111111111111111111111111111111111111111111111111111111111',0,'2025-07-01 01:15:00.000000');
CREATE INDEX ix_staff_agency ON staff (agency);
CREATE INDEX ix_procedures_catalogue ON procedures (catalogue);
CREATE INDEX ix_procedures_code ON procedures (code);
CREATE INDEX ix_desks_agency ON desks (agency);
CREATE INDEX ix_waiting_cause ON waiting (cause);
CREATE INDEX ix_waiting_desk ON waiting (desk);
CREATE INDEX ix_claims_dossier ON claims (dossier);
CREATE INDEX ix_payments_dossier ON payments (dossier);
CREATE INDEX ix_slips_dossier ON slips (dossier);
CREATE INDEX ix_feed_scope_n ON feed (scope, n);
CREATE INDEX ix_feed_dossier ON feed (dossier);
CREATE INDEX ix_certificates_key ON certificates ("key");
CREATE INDEX ix_entries_wanted ON entries (desk) WHERE body IS NULL;
CREATE INDEX ix_entries_dossier ON entries (dossier);
CREATE INDEX ix_dossiers_received_at ON dossiers (received_at);
CREATE INDEX ix_dossiers_code ON dossiers (code);
COMMIT;
