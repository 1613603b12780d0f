/* Bad: the manifest note is JSON, but a list.
 * The host must refuse it: a manifest is one JSON object. */
#define NAME "note_not_object"
#define MANIFEST "[1, 2, 3]"
#include "good.h"
