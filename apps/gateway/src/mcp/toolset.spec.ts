import { expect, it } from 'vitest';
import { TOOLS } from './toolset.js';
it('x', () => {
  let sums=[0,0,0,0,0];
  for (const t of TOOLS) { const {inputSchema,outputSchema,annotations,description,...rest}=t.listed; const v=[inputSchema,outputSchema,annotations,description,rest].map(x=>Buffer.byteLength(JSON.stringify(x))); sums=sums.map((s,i)=>s+v[i]!); console.log(t.name, v.join(' ')); }
  console.log(sums.join(' '), Buffer.byteLength(JSON.stringify({ tools: TOOLS.map((t) => t.listed) })));
  console.log(JSON.stringify(TOOLS[3]!.listed));
  expect(1).toBe(1);
});
