/* Bad: the table names another version than the manifest.
 * The host must refuse it and name both. */
#define NAME "version_differs"
#define VERSION "1.0.1"
#include "good.h"
