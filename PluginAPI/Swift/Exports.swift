@_exported import CNself
