/* Object storage, as a caller sees it. */
#ifndef NSELF_HOST_OBJECTS_H
#define NSELF_HOST_OBJECTS_H

#include "../values.h"
#include "../host.h"
#include "../objects.h"

NSELF_BEGIN

#define NSELF_HOST_OBJECTS_ID "nself.host.objects/1"

/* object and page are borrowed, body is moved. [loop] */
typedef void (*nself_object_done)(void *context, nself_status status, nself_string message,
                                  const nself_object *object, nself_body *body);
typedef void (*nself_object_page_done)(void *context, nself_status status, nself_string message,
                                       const nself_object_page *page);

/* `backend` is the instance that holds the bytes, e.g. "storage_s3": buckets may
 * live in different ones. */
typedef struct nself_host_objects {
  uint32_t struct_size;
  uint32_t reserved;
  /* Stores an object whole or not at all. body is moved. [any] */
  nself_operation (*put)(const nself_host *host, nself_string backend, const nself_object *object,
                         nself_body *body, void *context, nself_object_done done);
  nself_operation (*get)(const nself_host *host, nself_string backend, nself_string bucket,
                         nself_string key, nself_object_range range, void *context,
                         nself_object_done done); /* [any] */
  nself_operation (*stat)(const nself_host *host, nself_string backend, nself_string bucket,
                          nself_string key, void *context, nself_object_done done); /* [any] */
  nself_operation (*remove)(const nself_host *host, nself_string backend, nself_string bucket,
                            nself_string key, void *context,
                            nself_operation_done done); /* absent is OK [any] */
  nself_operation (*list)(const nself_host *host, nself_string backend, nself_string bucket,
                          nself_string prefix, nself_string delimiter, nself_string next,
                          uint32_t limit, void *context,
                          nself_object_page_done done); /* in key order [any] */
} nself_host_objects;

NSELF_END

#endif /* NSELF_HOST_OBJECTS_H */
