/* Bad: the note claims to be 1 GiB long; the section is small.
 * The host must refuse it, read nothing beyond the file, and allocate nothing of that size. */
#define NAME "note_size_lies"
#define NO_NOTE
#include "good.h"

__attribute__((used, aligned(4), section(NSELF_NOTE_SECTION)))
static const struct {
  uint32_t owner_size, manifest_size, type;
  char owner[8];
  char manifest[4];
} lying_note = {6, 1u << 30, NSELF_NOTE_TYPE_MANIFEST, NSELF_NOTE_OWNER, "{}"};
