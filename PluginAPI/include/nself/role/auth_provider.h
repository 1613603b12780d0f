/* Checking credentials. */
#ifndef NSELF_ROLE_AUTH_PROVIDER_H
#define NSELF_ROLE_AUTH_PROVIDER_H

#include "../values.h"
#include "../host.h"
#include "../http.h"

NSELF_BEGIN

#define NSELF_ROLE_AUTH_PROVIDER_ID "nself.role.auth_provider/1"

/* principal is moved, and null unless status is OK. NOT_FOUND: no credential of
 * this provider's kind, so ask the next one. [any] */
typedef void (*nself_auth_done)(nself_call call, nself_status status, nself_string message,
                                nself_principal *principal);

typedef struct nself_auth_provider {
  uint32_t struct_size;
  uint32_t reserved;
  /* Checks the credential in a request. On the hot path: complete before
   * returning when the token is known. [loop] */
  void (*authenticate)(void *self, const nself_http_request *request, nself_call call,
                       nself_auth_done done);
} nself_auth_provider;

NSELF_END

#endif /* NSELF_ROLE_AUTH_PROVIDER_H */
