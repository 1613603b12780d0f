/* A functions runtime. */
#ifndef NSELF_ROLE_FUNCTIONS_H
#define NSELF_ROLE_FUNCTIONS_H

#include "../values.h"
#include "../host.h"
#include "../functions.h"
#include "http_handler.h"

NSELF_BEGIN

#define NSELF_ROLE_FUNCTIONS_ID "nself.role.functions/1" /* BROKERED */

typedef struct nself_role_functions {
  uint32_t struct_size;
  uint32_t reserved;
  void (*load)(void *self, const nself_function *function, nself_call call,
               nself_done done); /* [loop] */
  void (*unload)(void *self, nself_string name, nself_call call, nself_done done); /* [loop] */
  void (*invoke)(void *self, nself_string name, const nself_http_request *request,
                 nself_body *body, nself_call call, nself_http_done done); /* [loop] */
} nself_role_functions;

NSELF_END

#endif /* NSELF_ROLE_FUNCTIONS_H */
