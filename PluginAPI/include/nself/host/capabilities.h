/* Calling another plugin by capability. */
#ifndef NSELF_HOST_CAPABILITIES_H
#define NSELF_HOST_CAPABILITIES_H

#include "../values.h"
#include "../host.h"

NSELF_BEGIN

#define NSELF_HOST_CAPABILITIES_ID "nself.host.capabilities/1"

typedef struct nself_host_capabilities {
  uint32_t struct_size;
  uint32_t reserved;
  /* Calls `method` of whichever plugin provides `capability` ("auth.identity/1").
   * For what has no interface of its own. UNAVAILABLE when there is none. [any] */
  nself_operation (*invoke)(const nself_host *host, nself_string capability, nself_string method,
                            nself_bytes payload, void *context,
                            nself_operation_buffer_done done);
} nself_host_capabilities;

NSELF_END

#endif /* NSELF_HOST_CAPABILITIES_H */
