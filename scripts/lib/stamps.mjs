/**
 * What ships in place of pkg-template/lib/stamps.js: the same constructor of rows, with a store of its own for each
 * column, several times over. That file says why.
 *
 * Two more things are for V8. The stores that are never reached make it give its objects room for so many fields from the
 * start. And a header that has been through a function leaves its names behind in that function's stores: the next header
 * is as fast only where it finds a function that is new.
 */

/** Columns that a function has stores for; a wider header takes several functions. */
const WIDTH = 64;
/** Fields that V8 keeps in an object itself, at the most. */
const ROOM = 250;
/** Headers that can be read at full speed in one program, and written. */
const STAMPS = 10;
const LOADS = 4;

/** The text of the module. */
export function stampsModule() {
  return [
    `export const WIDTH=${WIDTH};\n`,
    copies("stamp", STAMPS, stampText),
    joinedText(),
    copies("load", LOADS, loadText),
  ].join("");
}

/** `export const stamps=[stamp0,stamp1,…]`, and the functions. */
function copies(kind, count, text) {
  const names = Array.from({ length: count }, (_, at) => kind + at);
  return `${names.map(text).join("")}export const ${kind}s=[${names.join(",")}];\n`;
}

const columns = Array.from({ length: WIDTH }, (_, at) => at);

/** Never reached: it makes V8, which counts the stores and not the names, give the object room. */
const room = (fields) => `${"this.c=".repeat(fields)}0`;

function stampText(name) {
  const stores = columns.map(
    (at) => `s=b[i++];e=b[i++];this[h[${at}]]=${CELL};if(n===${at + 1})return;\n`,
  );
  return (
    `function ${name}(h,x){const n=h.length;function Row(a,w,b,i){if(n<0)${room(WIDTH)};let s,e;\n` +
    `${stores.join("")}}Row.prototype=Object.prototype;return Row}\n`
  );
}

/** The first calls are written out too, so that each knows what it calls. */
function joinedText() {
  const step = 2 * WIDTH;
  return (
    "export function joined(p){const [f,g,h,k]=p;function Row(a,w,b,i){" +
    `if(i<0)${room(ROOM)};f.call(this,a,w,b,i);g.call(this,a,w,b,i+${step});` +
    `if(h)h.call(this,a,w,b,i+${2 * step});if(k)k.call(this,a,w,b,i+${3 * step});` +
    `for(let c=4;c<p.length;c++)p[c].call(this,a,w,b,i+c*${step})}` +
    "Row.prototype=Object.prototype;return Row}\n"
  );
}

const CELL = "s<e?s<0?w.slice(~s,e):a.slice(s,e):s===e?x:null";

function loadText(name) {
  const loads = columns.map((at) => `${loadOf(at)}if(n===${at + 1})return u;\n`);
  const rest = `for(let c=${WIDTH};c<n;c++){${loadOf("c")}}return u`;
  return (
    `function ${name}(h){const n=h.length;return(r,o,i,p,t)=>{let u=0,v;\n` +
    `${loads.join("")}${rest}}}\n`
  );
}

const loadOf = (column) =>
  `v=r[h[${column}]];if(!p||typeof v!=="string")v=t(v);o[i++]=v;u+=v.length;`;
