/* Health and description of a service. */
#ifndef NSELF_ROLE_SERVICE_H
#define NSELF_ROLE_SERVICE_H

#include "../values.h"
#include "../host.h"

NSELF_BEGIN

#define NSELF_ROLE_SERVICE_ID "nself.role.service/1"

typedef struct nself_service {
  uint32_t struct_size;
  uint32_t reserved;
  /* OK: healthy. UNAVAILABLE: no traffic please. Asked at intervals. [loop] */
  void (*health)(void *self, nself_call call, nself_done done);
  /* An OpenAPI 3.1 document of its routes, or empty. [control] */
  nself_bytes (*openapi_json)(void *self);
} nself_service;

NSELF_END

#endif /* NSELF_ROLE_SERVICE_H */
