"""What pages look up and count: an index beside the graph, written with each build (SQLite).

contents → cataloguing → write | names (full text), catalogue (sets of papers), similar.
"""
