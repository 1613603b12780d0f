/* Running functions, as a caller sees it. */
#ifndef NSELF_HOST_FUNCTIONS_H
#define NSELF_HOST_FUNCTIONS_H

#include "../values.h"
#include "../host.h"
#include "../functions.h"
#include "http_client.h"

NSELF_BEGIN

#define NSELF_HOST_FUNCTIONS_ID "nself.host.functions/1"

/* `runtime` is the instance that runs it, e.g. "functions_node". */
typedef struct nself_host_functions {
  uint32_t struct_size;
  uint32_t reserved;
  /* Makes a function ready; replaces one of the same name when it is. [any] */
  nself_operation (*load)(const nself_host *host, nself_string runtime,
                          const nself_function *function, void *context,
                          nself_operation_done done);
  nself_operation (*unload)(const nself_host *host, nself_string runtime, nself_string name,
                            void *context, nself_operation_done done); /* [any] */
  /* body is moved. [any] */
  nself_operation (*invoke)(const nself_host *host, nself_string runtime, nself_string name,
                            const nself_http_request *request, nself_body *body, void *context,
                            nself_http_client_done done);
} nself_host_functions;

NSELF_END

#endif /* NSELF_HOST_FUNCTIONS_H */
