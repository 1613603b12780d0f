/* Bad: the manifest says ABI 2.0, which this host does not speak.
 * The host must refuse it from the note, without running any of its code. */
#define NAME "abi_major_in_manifest"
#define MANIFEST \
  "{\"manifest\":1,\"id\":\"dev.nself.bad.abi_major_in_manifest\"," \
  "\"version\":\"1.0.0\",\"abi\":\"2.0\",\"license\":\"MIT\"," \
  "\"roles\":[\"nself.role.http_handler/1\"],\"uses\":[],\"provides\":[]," \
  "\"requires\":[],\"network\":[],\"programs\":[],\"concurrency\":\"serial\"," \
  "\"handover\":\"overlap\",\"config_schema\":{}}"
#include "good.h"
