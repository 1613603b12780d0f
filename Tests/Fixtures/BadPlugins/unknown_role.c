/* Bad: the manifest lists a role that this host does not know.
 * The host must refuse it and name the role. */
#define NAME "unknown_role"
#define MANIFEST \
  "{\"manifest\":1,\"id\":\"dev.nself.bad.unknown_role\",\"version\":\"1.0.0\"," \
  "\"abi\":\"1.0\",\"license\":\"MIT\",\"roles\":[\"nself.role.teleporter/1\"]," \
  "\"uses\":[],\"provides\":[],\"requires\":[],\"network\":[],\"programs\":[]," \
  "\"concurrency\":\"serial\",\"handover\":\"overlap\",\"config_schema\":{}}"
#include "good.h"
