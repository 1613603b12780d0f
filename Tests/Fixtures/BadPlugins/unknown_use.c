/* Bad: the manifest uses an interface that this host does not have.
 * The host must refuse it and name the interface. */
#define NAME "unknown_use"
#define MANIFEST \
  "{\"manifest\":1,\"id\":\"dev.nself.bad.unknown_use\",\"version\":\"1.0.0\"," \
  "\"abi\":\"1.0\",\"license\":\"MIT\",\"roles\":[\"nself.role.http_handler/1\"]," \
  "\"uses\":[\"nself.host.teleporter/1\"],\"provides\":[],\"requires\":[]," \
  "\"network\":[],\"programs\":[],\"concurrency\":\"serial\",\"handover\":\"overlap\"," \
  "\"config_schema\":{}}"
#include "good.h"
