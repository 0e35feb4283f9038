/** One step of a place: a child element. */
export interface Step {
  /** One of libvirt's, or `""`. */
  readonly prefix: string;
  readonly name: string;
  /** Which of the siblings of its name, 1-based; undefined for the only one. */
  readonly index: number | undefined;
  /** The place up to here, as it is written. */
  readonly at: string;
}

/** A place: an element, or an attribute of one. */
export interface PlaceParts {
  readonly steps: readonly Step[];
  readonly attribute: string | undefined;
}

const STEP = /^(?:([^:@[\]]+):)?([^:@[\]]+)(?:\[([1-9][0-9]{0,8})\])?$/;

/**
 * Reads an XPath from the root element, of child elements and perhaps an attribute at its end:
 * `devices/disk[2]/source/@file`. `""` and `.` are the root element.
 *
 * @param fault Makes an error of what is wrong with it.
 */
export function parsePlace(at: string, fault: (what: string) => Error): PlaceParts {
  if (at === "" || at === ".") return { steps: [], attribute: undefined };
  const words = at.split("/");
  const attribute = words.at(-1)?.startsWith("@") ? words.pop()?.slice(1) : undefined;
  let end = -1;
  const steps = words.map((word): Step => {
    end += 1 + word.length;
    const [, prefix = "", name, index] = STEP.exec(word) ?? [];
    if (name === undefined) throw fault("it is no place such as devices/disk[2]/source/@file, from the root element");
    return { prefix, name, index: index === undefined ? undefined : Number(index), at: at.slice(0, end) };
  });
  return { steps, attribute };
}
