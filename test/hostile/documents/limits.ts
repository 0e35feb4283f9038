/** What a document may take: of 4 MiB the honest policy reads for long, and a slow machine as well. */
export const LIMITS = "limits: { time: 5s, memory: 32MiB, deadline: 20s }";

/** A deadline that a large document cannot meet on any machine. */
export const HASTY_LIMITS = "limits: { time: 500ms, memory: 32MiB, deadline: 1s }";

/** How late after the deadline the hook may end at worst, in milliseconds. */
export const AFTER_DEADLINE = 500;

/** What the wall adds to the data limit for each byte of a document; `bin/evaluate.sh` knows it as well. */
export const DATA_PER_BYTE = 128;

/** The longest line that the decision log may take for one document, in UTF-16 units. */
export const MAX_LOG_LINE = 20_000;
