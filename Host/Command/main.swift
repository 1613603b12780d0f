print("nself")
