import time
from tests.walk.kit.addresses import places
def test_x(walk, db):
    n={}
    for p in places(walk):
        n[p.name]=n.get(p.name,0)+1
    print(sum(n.values()), len(n))
