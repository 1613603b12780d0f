/* Routes of an instance. */
#ifndef NSELF_HOST_ROUTES_H
#define NSELF_HOST_ROUTES_H

#include "../values.h"
#include "../host.h"

NSELF_BEGIN

#define NSELF_HOST_ROUTES_ID "nself.host.routes/1"

NSELF_FLAGS(nself_route_flags) {
  NSELF_ROUTE_ANONYMOUS = 1u << 0, /* served without a principal */
  NSELF_ROUTE_WEBSOCKET = 1u << 1, /* goes to nself_websocket_handler */
  NSELF_ROUTE_INTERNAL = 1u << 2,  /* only on the admin listener */
  NSELF_ROUTE_STREAM = 1u << 3     /* the body comes as STREAM; without this flag the
                                      host collects it first: BUFFER or NONE */
};

typedef struct nself_route {
  nself_string method;  /* empty: any */
  nself_string pattern; /* "/files/{bucket}/{key...}", below the mount point */
  uint64_t number;      /* comes back as request->route */
  uint64_t body_max;    /* bytes; 0: the host's default. More is 413 */
  uint64_t timeout;     /* 0: the host's default */
  nself_string rate_policy; /* empty: the policy of the mount point */
  nself_route_flags flags;
  uint32_t reserved;
} nself_route;

typedef struct nself_host_routes {
  uint32_t struct_size;
  uint32_t reserved;
  /* Adds a route. Only within configure(APPLY); what one configure adds replaces,
   * in one step, what the one before added. ALREADY_EXISTS names the owner. [control] */
  nself_status (*add)(const nself_host *host, const nself_route *route, nself_error *error);
} nself_host_routes;

NSELF_END

#endif /* NSELF_HOST_ROUTES_H */
