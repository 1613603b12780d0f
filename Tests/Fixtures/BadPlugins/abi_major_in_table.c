/* Bad: the manifest says ABI 1.0, the table 2.0.
 * The host must refuse it after the query and name both numbers. */
#define NAME "abi_major_in_table"
#define ABI_VERSION 0x00020000u
#include "good.h"
