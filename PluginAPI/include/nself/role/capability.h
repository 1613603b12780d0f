/* Serving a capability. */
#ifndef NSELF_ROLE_CAPABILITY_H
#define NSELF_ROLE_CAPABILITY_H

#include "../values.h"
#include "../host.h"

NSELF_BEGIN

#define NSELF_ROLE_CAPABILITY_ID "nself.role.capability/1" /* BROKERED */

typedef struct nself_capability {
  uint32_t struct_size;
  uint32_t reserved;
  /* Serves what the manifest lists under `provides`. [loop] */
  void (*invoke)(void *self, nself_string capability, nself_string method, nself_bytes payload,
                 nself_call call, nself_buffer_done done);
} nself_capability;

NSELF_END

#endif /* NSELF_ROLE_CAPABILITY_H */
