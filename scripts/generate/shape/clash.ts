import type { Shape } from "./shape.ts";

/**
 * The elements whose attribute and child element share a name, as the product's contract lists them; another one
 * has to be decided by a person, because policies will spell it.
 */
const LISTED = new Set(["os/firmware", "controller/model", "graphics/listen", "mirror/format"]);

/**
 * Refuses names that cannot live in one object.
 *
 * @throws Error at a clash that the contract does not list, and where two parts would be one property.
 */
export function refuseClashes(shape: Shape): void {
  const taken = new Set<string>();
  if (shape.text !== undefined || shape.textless) taken.add("value");
  if (shape.foreign) taken.add("children");
  for (const name of shape.attributes.keys()) claim(name, shape, taken);
  for (const [name, { property, many }] of shape.elements) {
    if (property !== name && !LISTED.has(`${shape.name}/${name}`)) {
      throw new Error(`Cannot name ${shape.name}/${name}: an attribute has that name too; decide on one, list it here`);
    }
    // No document has both this and the attribute, and an attribute tells the cases apart; a list cannot share even so.
    if (many || !shape.attributes.has(property)) claim(property, shape, taken);
  }
}

function claim(property: string, shape: Shape, taken: Set<string>): void {
  if (taken.has(property)) throw new Error(`Cannot name the parts of ${shape.name}: two of them would be ${property}`);
  taken.add(property);
}
