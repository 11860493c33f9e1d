import { openTestDatabase } from '../support/embedded.ts';
import { openSimServer } from './sim-server.ts';
import { simulate } from './simulate.ts';
import { sql } from '../../server/storage/storage.ts';
const s=openSimServer(await openTestDatabase());
const r=await simulate(s,Number(process.argv[2]),{steps:40});
console.log(r);
const t=`sim-${process.argv[2]}-1`;
await s.storage.transaction(t,'read',async on=>{
 for(const row of await on.run(sql('x1',`select tbl,id,version,seq,scope,body from record where tbl in ('syncConflict') `),[])) console.log(JSON.stringify(row));
 for(const row of await on.run(sql('x3',`select * from scope_member where scope like 'record:%' `),[])) console.log(JSON.stringify(row));
 for(const row of await on.run(sql('x4',`select id, body from record where tbl='user'`),[])) console.log(JSON.stringify(row));
 for(const row of await on.run(sql('x2',`select device,seq,id,user_id,head,sent,answer from intent order by head,seq`),[])) console.log(JSON.stringify(row));
});
process.exit()
