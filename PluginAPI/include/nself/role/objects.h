/* An object storage backend. */
#ifndef NSELF_ROLE_OBJECTS_H
#define NSELF_ROLE_OBJECTS_H

#include "../values.h"
#include "../host.h"
#include "../objects.h"

NSELF_BEGIN

#define NSELF_ROLE_OBJECTS_ID "nself.role.objects/1" /* BROKERED */

typedef void (*nself_object_call_done)(nself_call call, nself_status status, nself_string message,
                                       const nself_object *object, nself_body *body); /* [any] */
typedef void (*nself_object_page_call_done)(nself_call call, nself_status status,
                                            nself_string message,
                                            const nself_object_page *page); /* [any] */

typedef struct nself_role_objects {
  uint32_t struct_size;
  uint32_t reserved;
  void (*put)(void *self, const nself_object *object, nself_body *body, nself_call call,
              nself_object_call_done done); /* [loop] */
  void (*get)(void *self, nself_string bucket, nself_string key, nself_object_range range,
              nself_call call, nself_object_call_done done); /* [loop] */
  void (*stat)(void *self, nself_string bucket, nself_string key, nself_call call,
               nself_object_call_done done); /* [loop] */
  void (*remove)(void *self, nself_string bucket, nself_string key, nself_call call,
                 nself_done done); /* [loop] */
  void (*list)(void *self, nself_string bucket, nself_string prefix, nself_string delimiter,
               nself_string next, uint32_t limit, nself_call call,
               nself_object_page_call_done done); /* [loop] */
} nself_role_objects;

NSELF_END

#endif /* NSELF_ROLE_OBJECTS_H */
