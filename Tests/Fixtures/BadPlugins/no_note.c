/* Bad: no manifest note in the file.
 * The host must refuse it before it runs any of its code, and say how the note gets in. */
#define NAME "no_note"
#define NO_NOTE
#include "good.h"
