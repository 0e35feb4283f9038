/** How long metadata, a title or a description may be, in UTF-16 units, to be of use to a policy about other guests. */
const LONGEST = 4096;

const START = /<metadata(?=[\s/>])/;

const END = "</metadata>";

/** What text that looks like a tag may stand in without being one. */
const NO_TAGS = /<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>/gs;

const TAG = /<(\/?)metadata(?=[\s/>])[^>]*>/g;

/**
 * A guest's `<domain>`, as libvirt wrote it, without its metadata, title and description where these are long. They are
 * the texts that may be changed while a guest runs with no hook that hears of it (`virDomainSetMetadata`), so that nobody
 * may stop others' starts by them. They are found in the text: to parse them is what would take long.
 *
 * @param hook The hook that the guest's events have.
 * @see virDomainDefFormatInternalSetRootName in libvirt's src/conf/domain_conf.c: what comes before metadata (name, UUID,
 *   title, description) is escaped, and so is a user's text that comes after, but for containers' `<initenv>`,
 *   `<inituser>` and `<initgroup>`
 */
export function withoutLongTexts(domain: string, hook: string): string {
  const start = domain.search(START);
  if (start < 0) return withoutLongWords(domain);
  // only containers have a program to start as their first, and its variables
  const after = hook === "lxc" ? afterOwnEnd(domain.slice(start)) : afterLastEnd(domain, start);
  const isLong = domain.length - start - after.length > LONGEST;
  return withoutLongWords(isLong ? `${domain.slice(0, start)}${after}` : domain);
}

function afterLastEnd(domain: string, start: number): string {
  const last = domain.lastIndexOf(END);
  return domain.slice(last < start ? domain.indexOf(">", start) + 1 : last + END.length);
}

/** What follows metadata whatever stands there, without comments; slower: 4 MiB may take a few tenths of a second. */
function afterOwnEnd(metadata: string): string {
  const tags = metadata.replace(NO_TAGS, "");
  let depth = 0;
  for (const tag of tags.matchAll(TAG)) {
    if (tag[1] === "/") depth -= 1;
    else if (!tag[0].endsWith("/>")) depth += 1;
    if (depth === 0) return tags.slice(tag.index + tag[0].length);
  }
  return metadata;
}

function withoutLongWords(domain: string): string {
  // <maxMemory>, <memory>, or metadata that were not long: until there every < is libvirt's own
  const head = domain.slice(0, Math.max(0, domain.indexOf("<m")));
  const short = head.replace(/<(title|description)>[^<]*<\/\1>/g, (text) => (text.length > LONGEST ? "" : text));
  return `${short}${domain.slice(head.length)}`;
}
