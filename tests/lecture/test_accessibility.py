from lecture.render.accessibility import improve


def test_search_dialog_gets_a_name():
    page = '<div class="md-search" data-md-component="search" role="dialog">'
    assert improve(page).endswith('role="dialog" aria-label="검색">')


def test_tab_key_passes_by_the_permalinks():
    page = '<h2>글<a class="headerlink" href="#a">¶</a></h2>'
    assert '<a class="headerlink" tabindex="-1" href="#a">' in improve(page)


def test_page_without_search_stays_as_it_is():
    assert improve("<p>글</p>") == "<p>글</p>"
