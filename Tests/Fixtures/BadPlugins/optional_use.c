/* Not bad: the interface that this host does not have is marked optional.
 * The host must load it; GET /bad/optional_use answers 200. */
#define NAME "optional_use"
#define MANIFEST \
  "{\"manifest\":1,\"id\":\"dev.nself.bad.optional_use\",\"version\":\"1.0.0\"," \
  "\"abi\":\"1.0\",\"license\":\"MIT\",\"roles\":[\"nself.role.http_handler/1\"]," \
  "\"uses\":[\"nself.host.teleporter/1?\"],\"provides\":[],\"requires\":[]," \
  "\"network\":[],\"programs\":[],\"concurrency\":\"serial\",\"handover\":\"overlap\"," \
  "\"config_schema\":{}}"
#include "good.h"
