"""Who cites whom, and what follows from it.

reading (a store → papers and citations) → graph (citations as arrays) → rank, together, works,
paths, main_path, communities (one measure each, pure) → measures (the table of what can be asked)
→ answer (its rows as CSV and JSON)
"""
