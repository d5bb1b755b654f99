// A doubly linked list whose links lie in its elements: no storage of its own,
// and an element takes itself out in constant time.
#pragma once

#include "s370/base/types.h"

// Base of an element. An element that belongs to several lists derives from
// several Links, told apart by Tag.
template <typename T, typename Tag = T>
class Link {
  public:
    constexpr Link() = default;
    Link(const Link&) = delete;
    Link& operator=(const Link&) = delete;

    bool linked() const { return next_ != nullptr; }

    void unlink() {
        if (!linked()) return;
        previous_->next_ = next_;
        next_->previous_ = previous_;
        next_ = previous_ = nullptr;
    }

  private:
    template <typename, typename>
    friend class List;
    Link* next_ = nullptr;
    Link* previous_ = nullptr;
};

template <typename T, typename Tag = T>
class List {
    using Node = Link<T, Tag>;

  public:
    constexpr List() = default;
    List(const List&) = delete;
    List& operator=(const List&) = delete;

    bool empty() const { return head_.next_ == nullptr || head_.next_ == &head_; }
    T* front() { return empty() ? nullptr : element(head_.next_); }

    void push_back(T& item) { insert(&item, tail()); }
    void push_front(T& item) { insert(&item, closed()); }
    // Puts `item` before `next`, which is in this list.
    void insert_before(T& next, T& item) { insert(&item, static_cast<Node&>(next).previous_); }

    T* pop_front() {
        T* item = front();
        if (item != nullptr) static_cast<Node*>(item)->unlink();
        return item;
    }

    class Iterator {
      public:
        explicit Iterator(Node* at) : at_(at) {}
        T& operator*() const { return *element(at_); }
        T* operator->() const { return element(at_); }
        Iterator& operator++() {
            at_ = at_->next_;
            return *this;
        }
        friend bool operator==(Iterator, Iterator) = default;

      private:
        Node* at_;
    };

    Iterator begin() { return Iterator(empty() ? &head_ : head_.next_); }
    Iterator end() { return Iterator(&head_); }

  private:
    static T* element(Node* node) { return static_cast<T*>(node); }

    // The head is linked to itself at the first use: a global list needs no constructor.
    Node* closed() {
        if (head_.next_ == nullptr) head_.next_ = head_.previous_ = &head_;
        return &head_;
    }
    Node* tail() { return closed()->previous_; }

    static void insert(Node* item, Node* after) {
        item->next_ = after->next_;
        item->previous_ = after;
        after->next_->previous_ = item;
        after->next_ = item;
    }

    Node head_;
};
