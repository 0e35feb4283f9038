const ENTITIES: Readonly<Record<string, string>> = { "&": "amp", "<": "lt", ">": "gt", '"': "quot", "'": "apos" };

/** Written alike everywhere. */
const PLAIN = /^[\w.-]+$/;

/** A secret as JSON, XML or an address would have it. */
export function formsOf(secret: string): readonly string[] {
  if (PLAIN.test(secret)) return [secret];
  return [secret, secret.trim(), ...jsonForms(secret), ...xmlForms(secret), ...percentForms(secret)];
}

/** Also within another text of JSON. */
function jsonForms(secret: string): readonly string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  return json === secret ? [] : [json, JSON.stringify(json).slice(1, -1)];
}

function xmlForms(secret: string): readonly string[] {
  if (!/[&<>"']/.test(secret)) return [];
  const entity = (character: string): string => `&${ENTITIES[character]};`;
  return [/[&<>"']/g, /[&<>"]/g, /[&<>]/g].map((escaped) => secret.replace(escaped, entity));
}

function percentForms(secret: string): readonly string[] {
  // what no UTF-8 holds has none
  if (!secret.isWellFormed()) return [];
  const usual = encodeURIComponent(secret);
  const escaped = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  const strict = usual.replace(/[!'()*]/g, escaped);
  // as forms of HTML have it, and URLSearchParams
  const form = usual.replace(/[!'()~]/g, escaped).replaceAll("%20", "+");
  return [usual, strict, form, encodeURI(secret)];
}
