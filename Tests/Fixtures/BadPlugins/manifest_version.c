/* Bad: a manifest of version 99.
 * The host must refuse it and say which version it knows. */
#define NAME "manifest_version"
#define MANIFEST \
  "{\"manifest\":99,\"id\":\"dev.nself.bad.manifest_version\",\"version\":\"1.0.0\"," \
  "\"abi\":\"1.0\",\"license\":\"MIT\",\"roles\":[\"nself.role.http_handler/1\"]," \
  "\"uses\":[],\"provides\":[],\"requires\":[],\"network\":[],\"programs\":[]," \
  "\"concurrency\":\"serial\",\"handover\":\"overlap\",\"config_schema\":{}}"
#include "good.h"
