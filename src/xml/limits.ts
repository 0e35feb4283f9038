/**
 * The largest document that is read, in bytes: libvirt's own limit for a string.
 *
 * @see https://gitlab.com/libvirt/libvirt/-/blob/master/src/remote/remote_protocol.x REMOTE_STRING_MAX
 */
export const MAX_BYTES = 4_194_304;

/** How deep elements may nest; the root element is the first level. */
export const MAX_DEPTH = 512;

/**
 * How long a name may be without its prefix, and so a prefix, in bytes of UTF-8: libxml2 refuses longer ones.
 *
 * @see https://gitlab.gnome.org/GNOME/libxml2/-/blob/master/include/libxml/parserInternals.h XML_MAX_NAME_LENGTH
 */
export const MAX_NAME_BYTES = 50_000;
