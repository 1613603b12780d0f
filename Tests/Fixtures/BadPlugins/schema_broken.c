/* Bad: the configuration schema asks for a type that JSON does not have.
 * The host must refuse it and name the keyword. */
#define NAME "schema_broken"
#define MANIFEST \
  "{\"manifest\":1,\"id\":\"dev.nself.bad.schema_broken\",\"version\":\"1.0.0\"," \
  "\"abi\":\"1.0\",\"license\":\"MIT\",\"roles\":[\"nself.role.http_handler/1\"]," \
  "\"uses\":[],\"provides\":[],\"requires\":[],\"network\":[],\"programs\":[]," \
  "\"concurrency\":\"serial\",\"handover\":\"overlap\"," \
  "\"config_schema\":{\"type\":\"obgect\"}}"
#include "good.h"
