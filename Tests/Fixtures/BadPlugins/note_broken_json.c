/* Bad: the manifest note is JSON that breaks off.
 * The host must refuse it and name the place in the manifest. */
#define NAME "note_broken_json"
#define MANIFEST "{\"manifest\":1,\"id\":\"dev.nself.bad.note_broken_json\",\"version\":"
#include "good.h"
