print("nself-host")
