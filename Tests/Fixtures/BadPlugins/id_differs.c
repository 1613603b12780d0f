/* Bad: the table names another id than the manifest.
 * The host must refuse it and name both. */
#define NAME "id_differs"
#define ID "dev.nself.bad.somebody_else"
#include "good.h"
